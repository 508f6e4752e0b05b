// A chain over time, to scale: a dot a shipment, the weakest step dashed. And its two gauges, which are never one.
import { fitted, group, mark, textWidth, words, type Mark, type Scene } from "./scene";
import { DAY, linear, time } from "./scale";
import { day, score } from "./words";

export interface Step {
  key: string;
  date: string | null;
  weakest: boolean;
}

/** The line from the first shipment to the last. Null where fewer than two are dated. */
export function hopScene(steps: Step[], width: number, title: string): Scene | null {
  const dated = steps.map((s) => ({ ...s, at: time(s.date) })).filter((s): s is Step & { at: number } => s.at !== null);
  if (dated.length < 2) return null;
  const first = Math.min(...dated.map((s) => s.at));
  const last = Math.max(...dated.map((s) => s.at));
  const x = linear([first, Math.max(last, first + DAY)], [6, width - 6]);
  const marks: Mark[] = [];
  dated.forEach((step, k) => {
    const before = dated[k - 1];
    if (before) {
      marks.push(mark("line", { x1: x(before.at), x2: x(step.at), y1: 8, y2: 8, stroke: "var(--line2)", "stroke-width": 1.5, "stroke-dasharray": step.weakest ? "5 4" : undefined }));
    }
  });
  // A label that would touch one already placed is dropped: every date stands in the table of hops.
  const taken: [number, number][] = [];
  const order = [0, dated.length - 1, ...dated.keys()].filter((k, i, all) => all.indexOf(k) === i);
  for (const k of order) {
    const step = dated[k];
    if (!step) continue;
    const cx = x(step.at);
    const text = day(step.date);
    const half = textWidth(text) / 2;
    const middle = Math.min(width - half, Math.max(half, cx));
    const fits = taken.every(([a, b]) => middle + half + 8 < a || middle - half - 8 > b);
    if (fits) taken.push([middle - half, middle + half]);
    marks.push(group({ cursor: "pointer" }, [
      mark("circle", { cx, cy: 8, r: 4.5, fill: "var(--ink)" }),
      ...(fits ? [words(middle, 30, text, { anchor: "middle", colour: "var(--ink3)" })] : []),
    ], { key: step.key }));
  }
  return { width, height: 36, title, marks };
}

export type GaugeKind = "continuity" | "concern";

/** 0 to 1, tick at .5: continuity solid blue, concern hatched rust. The number stands beside it, not in it. */
export function gaugeScene(kind: GaugeKind, value: number, width: number): Scene {
  const part = Math.min(1, Math.max(0, value)) * (width - 2);
  const fill: Mark[] = [];
  if (kind === "continuity") fill.push(mark("rect", { x: 1, y: 4, width: part, height: 10, fill: "var(--s1)" }));
  else {
    let d = "";
    for (let x = -9; x < part; x += 5) {
      const a = Math.max(x, 0);
      const b = Math.min(x + 10, part);
      if (b > a) d += `M${(a + 1).toFixed(1)} ${(14 - (a - x)).toFixed(1)}L${(b + 1).toFixed(1)} ${(14 - (b - x)).toFixed(1)}`;
    }
    fill.push(mark("path", { d, stroke: "var(--s2)", "stroke-width": 2, fill: "none" }));
    if (part > 0) fill.push(mark("line", { x1: part + 1, x2: part + 1, y1: 4, y2: 14, stroke: "var(--s2)", "stroke-width": 1.5 }));
  }
  return {
    width,
    height: 18,
    title: `${kind === "continuity" ? "Continuity" : "Concern"} ${score(value)} on a scale from 0 to 1`,
    marks: [
      ...fill,
      mark("rect", { x: 0.5, y: 3.5, width: width - 1, height: 11, fill: "none", stroke: "var(--line2)" }),
      mark("line", { x1: width / 2, x2: width / 2, y1: 1, y2: 17, stroke: "var(--ink)", "stroke-width": 1.2 }),
    ],
  };
}

export interface ChainNode {
  name: string;
  own: string | null;
  country: string | null;
  role: string;
}

export interface ChainLink {
  amount: string;
  kg: string;
  how: string;
  share: string;
  weakest: boolean;
}

/** The whole card as a drawing, for files: nodes and links from left to right, and below it the time line. */
export function chainScene(nodes: ChainNode[], links: ChainLink[], steps: Step[], width: number, title: string): Scene {
  const parts = nodes.length + links.length * 0.8;
  const unit = width / Math.max(parts, 1);
  const gap = unit * 0.8;
  const marks: Mark[] = [];
  nodes.forEach((node, k) => {
    const x = k * (unit + gap);
    marks.push(
      mark("line", { x1: x, x2: x + unit, y1: 4, y2: 4, stroke: "var(--ink)", "stroke-width": 2.5 }),
      mark("rect", { x: x + 0.5, y: 14, width: 30, height: 18, fill: "none", stroke: "var(--ink)" }),
      words(x + 15.5, 27, node.country ?? "n/s", { anchor: "middle", bold: true }),
      words(x + 37, 27, node.role),
      words(x, 50, fitted(node.name, unit - 6, 12, true), { bold: true }),
      ...(node.own ? [words(x, 66, fitted(node.own, unit - 6), { colour: "var(--ink3)" })] : []),
    );
    const link = links[k];
    if (!link) return;
    const a = x + unit;
    marks.push(
      mark("line", { x1: a, x2: a + gap - 9, y1: 4, y2: 4, stroke: "var(--s1)", "stroke-width": 2.5, "stroke-dasharray": link.weakest ? "5 3" : undefined }),
      mark("path", { d: `M${a + gap} 4l-10-4.5v9Z`, fill: "var(--s1)" }),
      words(a + gap / 2, 26, fitted(link.amount, gap, 12, true), { anchor: "middle", bold: true }),
      words(a + gap / 2, 42, fitted([link.kg, link.share].filter(Boolean).join(" · "), gap + 20), { anchor: "middle" }),
      words(a + gap / 2, 58, fitted(link.how, gap + 20), { anchor: "middle", colour: "var(--ink3)" }),
      ...(link.weakest ? [words(a + gap / 2, 74, "weakest link", { anchor: "middle", bold: true })] : []),
    );
  });
  const line = hopScene(steps, width, title);
  if (line) marks.push(group({ transform: "translate(0 88)" }, line.marks));
  return { width, height: line ? 126 : 84, title, marks };
}
