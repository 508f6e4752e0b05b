// A scene on a canvas: thousands of marks in one frame, where elements of the page would be too many.
import type { Mark, Palette, Scene } from "./scene";
import { visible } from "../lib/text";

function value(item: Mark, name: string, colour: Palette): string | null {
  const found = item.at[name];
  if (found === undefined || found === "none") return null;
  return String(found).replace(/var\(--([a-z0-9]+)\)/g, (_, token: string) => colour(token));
}

function number(item: Mark, name: string, other = 0): number {
  const found = Number(item.at[name]);
  return Number.isFinite(found) ? found : other;
}

function outline(item: Mark): Path2D | null {
  const path = new Path2D();
  switch (item.tag) {
    case "line":
      path.moveTo(number(item, "x1"), number(item, "y1"));
      path.lineTo(number(item, "x2"), number(item, "y2"));
      return path;
    case "rect":
      path.rect(number(item, "x"), number(item, "y"), number(item, "width"), number(item, "height"));
      return path;
    case "circle":
      path.arc(number(item, "cx"), number(item, "cy"), number(item, "r"), 0, 2 * Math.PI);
      return path;
    case "path":
      return new Path2D(String(item.at["d"] ?? ""));
    default:
      return null;
  }
}

function one(pen: CanvasRenderingContext2D, item: Mark, colour: Palette, family: string): void {
  for (const kid of item.kids ?? []) one(pen, kid, colour, family);
  const fill = value(item, "fill", colour);
  const stroke = value(item, "stroke", colour);
  pen.globalAlpha = number(item, "opacity", 1);
  pen.lineWidth = number(item, "stroke-width", 1);
  if (item.tag === "text") {
    pen.font = `${item.at["font-weight"] ?? 400} ${number(item, "font-size", 12)}px ${family}`;
    pen.textAlign = item.at["text-anchor"] === "middle" ? "center" : item.at["text-anchor"] === "end" ? "right" : "left";
    const said = visible(item.text ?? "");
    if (stroke) {
      pen.strokeStyle = stroke;
      pen.lineJoin = "round";
      pen.strokeText(said, number(item, "x"), number(item, "y"));
    }
    pen.fillStyle = fill ?? colour("ink");
    pen.fillText(said, number(item, "x"), number(item, "y"));
    return;
  }
  const path = outline(item);
  if (!path) return;
  if (fill) {
    pen.fillStyle = fill;
    pen.fill(path);
  }
  if (stroke) {
    pen.strokeStyle = stroke;
    pen.setLineDash(String(item.at["stroke-dasharray"] ?? "").split(/[\s,]+/).map(Number).filter((n) => n > 0));
    pen.stroke(path);
  }
}

/** Draws the scene at the size of the canvas on the page. */
export function paint(canvas: HTMLCanvasElement, scene: Scene, colour: Palette, family: string, sharp = 1): void {
  canvas.width = Math.round(scene.width * sharp);
  canvas.height = Math.round(scene.height * sharp);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const held = new Map<string, string>();
  const once: Palette = (token) => {
    const known = held.get(token) ?? colour(token);
    held.set(token, known);
    return known;
  };
  pen.setTransform(sharp, 0, 0, sharp, 0, 0);
  for (const item of scene.marks) one(pen, item, once, family);
}
