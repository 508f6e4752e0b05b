// What a chart shows, taken along: SVG and PNG of the scene, CSV of its table. Made in the page; nothing is sent anywhere.
import { svgFile, type Palette, type Scene } from "./scene";

/** Light colours whatever the screen shows: a file is an exhibit and is read on paper. */
const LIGHT: Record<string, string> = {
  paper: "#ffffff", panel: "#f3f1eb", ink: "#17191c", ink2: "#434951", ink3: "#5f6670", link: "#174f8f", sim: "#7d3c00",
  s1: "#1c5fa8", s2: "#b0440a", s3: "#0a7565", s4: "#87458f", s5: "#7d6200", s6: "#5f6670",
  line: "#dcd8cf", line2: "#a8a49b", band: "#e6e2d8", hi: "#ffedb0",
};

export const light: Palette = (token) => LIGHT[token] ?? "#17191c";

/** The colours of the page as it is shown now. */
export function shown(element: Element): Palette {
  const style = getComputedStyle(element);
  return (token) => style.getPropertyValue(`--${token}`).trim() || light(token);
}

export type Cell = string | number | null | undefined;

/** A cell that a spreadsheet will not run as a formula, quoted where it must be. Numbers stay numbers. */
function cell(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(heads: string[], rows: Cell[][]): string {
  return [heads, ...rows].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** A file name from words: letters and digits of any script, the rest a dash. */
export function fileName(parts: string[], ending: string): string {
  const name = parts.join("-").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80);
  return `${name || "chart"}.${ending}`;
}

export function hand(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveSvg(scene: Scene, name: string, foot: string[]): void {
  hand(new Blob([svgFile(scene, light, foot)], { type: "image/svg+xml" }), name);
}

export function saveCsv(heads: string[], rows: Cell[][], name: string): void {
  hand(new Blob(["\ufeff", csvOf(heads, rows)], { type: "text/csv;charset=utf-8" }), name);
}

/** Twice the size of the drawing, so that it stays sharp in print. */
export async function savePng(scene: Scene, name: string, foot: string[]): Promise<void> {
  const text = svgFile(scene, light, foot);
  const blob = await rastered(text, 2);
  hand(blob, name);
}

export async function rastered(svg: string, times: number): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(image.naturalWidth * times);
    canvas.height = Math.ceil(image.naturalHeight * times);
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("this browser gives no canvas to draw on");
    pen.fillStyle = light("paper");
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => {
      canvas.toBlob((made) => (made ? done(made) : failed(new Error("the picture could not be written as PNG"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
