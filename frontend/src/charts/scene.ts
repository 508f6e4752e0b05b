// A chart is a scene: plain objects that say what is drawn where. It is computed without a browser, so tests can read it,
// and the same scene becomes the picture on the page and the file a reader takes along.

import { langOf, visible } from "../lib/text";

export interface Mark {
  tag: "g" | "path" | "line" | "rect" | "circle" | "text" | "tspan" | "polygon";
  at: Record<string, string | number>;
  text?: string;
  kids?: Mark[];
  /** What a click on the mark chooses; the table beside the chart has a button with the same key. */
  key?: string;
  /** Shown by the browser when the pointer rests on the mark; never the only place of a fact. */
  tip?: string;
}

export interface Scene {
  width: number;
  height: number;
  title: string;
  marks: Mark[];
}

const SVG = "http://www.w3.org/2000/svg";

type Values = Record<string, string | number | undefined | null | false>;

function clean(at: Values): Record<string, string | number> {
  const out: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(at)) {
    if (value === undefined || value === null || value === false) continue;
    out[name] = typeof value === "number" ? Math.round(value * 100) / 100 : value;
  }
  return out;
}

export function mark(tag: Mark["tag"], at: Values, more: Partial<Omit<Mark, "tag" | "at">> = {}): Mark {
  return { tag, at: clean(at), ...more };
}

export function group(at: Values, kids: Mark[], more: Partial<Omit<Mark, "tag" | "at" | "kids">> = {}): Mark {
  return { tag: "g", at: clean(at), kids, ...more };
}

export interface TextStyle {
  anchor?: "start" | "middle" | "end";
  bold?: boolean;
  colour?: string;
  size?: number;
  /** A line of paper colour round the letters, where they stand over lines. */
  halo?: boolean;
  key?: string;
  tip?: string;
}

export function words(x: number, y: number, text: string, style: TextStyle = {}): Mark {
  return mark(
    "text",
    {
      x,
      y,
      "text-anchor": style.anchor === "start" ? undefined : style.anchor,
      "font-weight": style.bold ? 600 : undefined,
      "font-size": style.size ?? 12,
      fill: style.colour ?? (style.bold ? "var(--ink)" : "var(--ink2)"),
      ...(style.halo ? { "paint-order": "stroke", stroke: "var(--paper)", "stroke-width": 4, "stroke-linejoin": "round" } : {}),
    },
    { text, ...(style.key === undefined ? {} : { key: style.key }), ...(style.tip === undefined ? {} : { tip: style.tip }) },
  );
}

/** Width of a text in px, near enough to keep labels apart: Chinese and Japanese letters are square, the rest about half. */
export function textWidth(text: string, size = 12, bold = false): number {
  let units = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x2e80) units += 1;
    else if (/[\s.,;:!|'()\u00a0\u2009\u202f\-ilIjtfr]/.test(letter)) units += 0.34;
    else if (/[A-ZА-ЯMWmwЖШЩЮм@%]/.test(letter)) units += 0.72;
    else units += 0.56;
  }
  return units * size * (bold ? 1.06 : 1);
}

/** The text cut to a width, with … where it was cut. */
export function fitted(text: string, width: number, size = 12, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(letters.join("") + "…", size, bold) > width) letters.pop();
  return letters.join("").trimEnd() + "…";
}

// The page has a style for all letters in drawings, and a style wins over an attribute: what a mark says stands in its own style.
const LETTERS = new Set(["fill", "font-size", "font-weight", "stroke", "stroke-width", "stroke-linejoin", "paint-order"]);

function build(item: Mark, document: Document): SVGElement {
  const node = document.createElementNS(SVG, item.tag) as SVGElement;
  for (const [name, value] of Object.entries(item.at)) {
    if (item.tag === "text" && LETTERS.has(name)) {
      node.style.setProperty(name, name.endsWith("size") || name.endsWith("width") ? `${value}px` : String(value));
    } else node.setAttribute(name, String(value));
  }
  if (item.key !== undefined) node.setAttribute("data-key", item.key);
  if (item.text !== undefined) {
    const lang = langOf(item.text);
    if (lang) node.setAttribute("lang", lang);
    node.append(document.createTextNode(visible(item.text)));
  }
  if (item.tip !== undefined) {
    const tip = document.createElementNS(SVG, "title");
    tip.append(document.createTextNode(visible(item.tip)));
    node.append(tip);
  }
  for (const kid of item.kids ?? []) node.append(build(kid, document));
  return node;
}

/** Draws the scene into an <svg> of the page. Nothing is parsed: texts of a source can never become markup. */
export function draw(svg: SVGSVGElement, scene: Scene, quiet = false): void {
  const document = svg.ownerDocument;
  svg.setAttribute("viewBox", `0 0 ${Math.round(scene.width * 100) / 100} ${Math.round(scene.height * 100) / 100}`);
  if (!quiet) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", visible(scene.title));
  }
  svg.replaceChildren(...scene.marks.map((item) => build(item, document)));
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand in XML: control characters, which may not, are printed as codes. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);
}

export type Palette = (token: string) => string;

function resolved(value: string, palette: Palette): string {
  return value.replace(/var\(--([a-z0-9]+)\)/g, (_, token: string) => palette(token));
}

function written(item: Mark, palette: Palette): string {
  const at = Object.entries(item.at)
    .map(([name, value]) => ` ${name}="${escaped(resolved(String(value), palette))}"`)
    .join("");
  const tag = item.text === undefined ? undefined : langOf(item.text);
  const lang = tag === undefined ? "" : ` xml:lang="${escaped(tag)}"`;
  const tip = item.tip === undefined ? "" : `<title>${escaped(item.tip)}</title>`;
  const inside = (item.text === undefined ? "" : escaped(item.text)) + tip + (item.kids ?? []).map((k) => written(k, palette)).join("");
  return inside ? `<${item.tag}${at}${lang}>${inside}</${item.tag}>` : `<${item.tag}${at}${lang}/>`;
}

const FACES = "'Liberation Sans', 'Segoe UI', Arial, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/** The scene as a file of its own: colours written out, heading and foot inside, so that it can be read without the page. */
export function svgFile(scene: Scene, palette: Palette, foot: string[] = []): string {
  const edge = 16;
  const top = 44;
  const wide = scene.width + 2 * edge;
  const lines = foot.filter(Boolean);
  const tall = scene.height + top + edge + lines.length * 17;
  const head = words(edge, 26, fitted(scene.title, scene.width, 15, true), { bold: true, size: 15 });
  const below = lines.map((line, k) =>
    words(edge, top + scene.height + 16 + k * 17, fitted(line, scene.width), { colour: "var(--ink3)" }),
  );
  const body = [head, group({ transform: `translate(${edge} ${top})` }, scene.marks), ...below]
    .map((item) => written(item, palette))
    .join("");
  return (
    `<svg xmlns="${SVG}" width="${wide}" height="${tall}" viewBox="0 0 ${wide} ${tall}" role="img" font-family="${FACES}">` +
    `<title>${escaped(scene.title)}</title><rect width="100%" height="100%" fill="${palette("paper")}"/>${body}</svg>\n`
  );
}
