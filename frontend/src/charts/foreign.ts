// Drawings the server made, shown as images: an image runs no script and loads nothing. They get the colours of the page first.
import type { Palette } from "./scene";

const SVG = "http://www.w3.org/2000/svg";
const FACES = "'Liberation Sans','Segoe UI',Arial,'Noto Sans',sans-serif";

/** Rules for the classes that the server's drawings use, stronger than their own, so that they follow the page into the dark. */
export function rules(colour: Palette): string {
  const c = colour;
  const of: [names: string, style: string][] = [
    ["text", `font-family:${FACES};font-size:13px;fill:${c("ink2")}`],
    [".b", `font-weight:600;fill:${c("ink")}`],
    [".gr", `stroke:${c("line")};stroke-width:1`],
    [".ax", `stroke:${c("ink")};stroke-width:1`],
    [".ln", `fill:none;stroke:${c("s1")};stroke-width:2`],
    [".bd", `fill:${c("band")};fill-opacity:1;stroke:none`],
    [".ev", `stroke:${c("ink")};stroke-width:1.2;stroke-dasharray:5 4`],
    [".lv", `stroke:${c("s2")};stroke-width:3`],
    [".st", `fill:${c("s2")};fill-opacity:.16`],
    [".dn", `stroke:${c("s2")};stroke-width:2;fill:none`],
    [".up", `stroke:${c("s1")};stroke-width:2;fill:none`],
    [".fa", `stroke:${c("s6")};stroke-width:1.4;fill:none`],
    [".deg", `fill:${c("ink3")};font-size:12px`],
    [".fd", `stroke:${c("s1")};fill:none`],
    [".fm", `stroke:${c("s6")};fill:none;stroke-dasharray:7 3`],
    [".hd.fd", `fill:${c("s1")};stroke:none`],
    [".hd.fm", `fill:${c("s6")};stroke:none`],
    [".fl-d", `font-weight:600;paint-order:stroke;stroke:${c("paper")};stroke-width:5px;stroke-linejoin:round;fill:${c("s1")}`],
    [".fl-m", `font-weight:600;paint-order:stroke;stroke:${c("paper")};stroke-width:5px;stroke-linejoin:round;fill:${c("s6")}`],
    [".nd", `fill:${c("ink")};stroke:${c("paper")};stroke-width:2`],
    [".cc", `fill:${c("paper")};font-size:11px;font-weight:600`],
  ];
  return of.map(([names, style]) => `svg ${names},svg[class] ${names}{${style}}`).join("");
}

export interface Foreign {
  text: string;
  width: number;
  height: number;
}

/** Sheets and style attributes taken out as text: the page's policy would refuse them as soon as they were parsed. */
export function unstyled(svg: string): { bare: string; sheets: string[] } {
  const sheets: string[] = [];
  const bare = svg
    .replace(/<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi, (_, sheet: string) => {
      if (!/@import|url\(|[<>]/i.test(sheet)) sheets.push(sheet);
      return "";
    })
    .replace(/<style\b[^>]*\/>/gi, "")
    .replace(/(<[a-z][^<>]*?)\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, "$1");
  return { bare, sheets };
}

/** The drawing as a file of its own in these colours; null where it is no drawing. Needs a browser's parser. */
export function themed(svg: string, colour: Palette): Foreign | null {
  const { bare, sheets } = unstyled(svg);
  const parsed = new DOMParser().parseFromString(bare.includes("xmlns=") ? bare : bare.replace("<svg", `<svg xmlns="${SVG}"`), "image/svg+xml");
  const root = parsed.documentElement;
  if (root.nodeName !== "svg" || parsed.querySelector("parsererror")) return null;
  // An image would not run them anyway; a saved file might be opened as a page.
  for (const risky of [...root.querySelectorAll("script, style, foreignObject, image, use, a, iframe")]) risky.remove();
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (/^on/i.test(name) || /href$/i.test(name) || (/url\(/i.test(value) && !/url\(["']?#/i.test(value))) element.removeAttribute(name);
      else if (value.includes("var(--")) element.setAttribute(name, value.replace(/var\(--([a-z0-9]+)\)/g, (_, token: string) => colour(token)));
    }
  }
  const [, , w, h] = (root.getAttribute("viewBox") ?? "0 0 930 300").split(/[\s,]+/).map(Number);
  const width = w || 930;
  const height = h || 300;
  root.setAttribute("width", String(width));
  root.setAttribute("height", String(height));
  const text = new XMLSerializer().serializeToString(root);
  const end = text.indexOf(">") + 1;
  return { text: `${text.slice(0, end)}<style>${sheets.join("")}${rules(colour)}</style>${text.slice(end)}`, width, height };
}
