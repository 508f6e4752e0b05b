/** Saving a chart as a picture: the styles that the page gives it are written into the copy, so that it stands alone. */

export interface Picture {
  /** For the file name: `network`. */
  name: string;
  element: () => SVGSVGElement | HTMLCanvasElement | null;
}

const COPIED = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
  "opacity", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline", "paint-order", "display", "visibility",
]; // prettier-ignore
const SVG = "http://www.w3.org/2000/svg";

/** A copy of a chart that needs no style sheet, on the ground of the page. */
export function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const to = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  from.forEach((element, index) => {
    const target = to[index];
    if (!target) return;
    const style = getComputedStyle(element);
    for (const name of COPIED) {
      const value = style.getPropertyValue(name);
      if (value) target.setAttribute(name, value);
    }
    target.removeAttribute("class");
    target.removeAttribute("style");
    target.removeAttribute("tabindex");
  });
  const { width, height } = svg.getBoundingClientRect();
  const box = svg.viewBox.baseVal;
  const [x, y, w, h] = box && box.width ? [box.x, box.y, box.width, box.height] : [0, 0, width, height];
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
  copy.setAttribute("width", String(w));
  copy.setAttribute("height", String(h));
  const ground = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x, y, width: w, height: h })) ground.setAttribute(name, String(value));
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.insertBefore(ground, copy.firstChild);
  return copy;
}

async function canvasOf(svg: SVGSVGElement, scale: number): Promise<HTMLCanvasElement> {
  const copy = standalone(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(Number(copy.getAttribute("width")) * scale);
  canvas.height = Math.round(Number(copy.getAttribute("height")) * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Saves a chart; a canvas has no SVG, so it is always PNG. Returns false where there is nothing to save. */
export async function savePicture(picture: Picture, stem: string, format: "svg" | "png"): Promise<boolean> {
  const element = picture.element();
  if (!element) return false;
  const name = `${stem}-${picture.name}`;
  if (format === "svg" && element instanceof SVGSVGElement) {
    const text = new XMLSerializer().serializeToString(standalone(element));
    saveBlob(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
    return true;
  }
  const canvas = element instanceof SVGSVGElement ? await canvasOf(element, 2) : element;
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) return false;
  saveBlob(blob, `${name}.png`);
  return true;
}
