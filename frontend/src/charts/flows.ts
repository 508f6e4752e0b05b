// The flow map: country codes where the countries lie, a graticule instead of borders, lines as wide as their value.
import { group, mark, textWidth, words, type Mark, type Scene } from "./scene";
import { thickness } from "./scale";
import { brief, count } from "./words";

export interface Place {
  code: string;
  name: string;
  lon: number;
  lat: number;
}

export interface Flow {
  from: string;
  to: string;
  rows: number;
  value: number | null;
  before: number | null;
  /** false: no file of either end is held, so the leg rests on somebody else's table. */
  held: boolean;
}

/** Lines in degrees: [[lon, lat], ...] as a flat list of numbers in tenths of a degree, differences after the first point. */
export interface Outlines {
  land: number[][];
  borders: number[][];
}

interface Node {
  code: string;
  x: number;
  y: number;
}

export interface Projection {
  x: (lon: number) => number;
  y: (lat: number) => number;
  cut: number;
  lon: [number, number];
  lat: [number, number];
  squeeze: number;
  scale: number;
}

const RADIUS = 13;
const WIDEST = 13;
const GRID = 66;

/** Where to cut the globe: in the widest gap between the places, so that no leg runs round the back. */
export function cutLongitude(longitudes: number[]): number {
  const turned = [...new Set(longitudes.map((x) => ((x % 360) + 360) % 360))].sort((a, b) => a - b);
  let best = { gap: -1, at: 0 };
  turned.forEach((low, k) => {
    const high = turned[k + 1] ?? (turned[0] ?? 0) + 360;
    if (high - low > best.gap) best = { gap: high - low, at: high % 360 };
  });
  return best.at;
}

/** Plate carrée with the middle latitude true, fitted to the places with room at the edge. */
export function project(places: Place[], width: number, height: number, pad: number): Projection {
  const cut = cutLongitude(places.map((p) => p.lon));
  const lons = places.map((p) => (((p.lon - cut) % 360) + 360) % 360);
  const lats = places.map((p) => p.lat);
  const low = Math.min(...lons);
  const high = Math.max(...lons);
  const south = Math.min(...lats);
  const north = Math.max(...lats);
  const squeeze = Math.max(0.35, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const scale = Math.min((width - 2 * pad) / Math.max((high - low) * squeeze, 12), (height - 2 * pad) / Math.max(north - south, 12));
  const middle = (low + high) / 2;
  const level = (south + north) / 2;
  const across = width / (squeeze * scale) / 2;
  return {
    x: (lon) => width / 2 + ((((lon - cut) % 360) + 360) % 360 - middle) * squeeze * scale,
    y: (lat) => height / 2 - (lat - level) * scale,
    cut,
    lon: [middle - across, middle + across],
    lat: [level - height / scale / 2, level + height / scale / 2],
    squeeze,
    scale,
  };
}

function degrees(value: number, plus: string, minus: string): string {
  return `${Math.abs(value)}°${value > 0 ? `\u00a0${plus}` : value < 0 ? `\u00a0${minus}` : ""}`;
}

function graticule(at: Projection, width: number, height: number): Mark[] {
  const step = [5, 10, 15, 20, 30, 45].find((s) => s * at.squeeze * at.scale >= GRID) ?? 60;
  const out: Mark[] = [];
  const middle = (at.lon[0] + at.lon[1]) / 2;
  const place = (lon: number): number => width / 2 + (lon - middle) * at.squeeze * at.scale;
  for (let lon = Math.ceil((at.lon[0] + at.cut) / step) * step; lon <= at.lon[1] + at.cut; lon += step) {
    const x = place(lon - at.cut);
    out.push(mark("line", { x1: x, x2: x, y1: 0, y2: height, stroke: "var(--line)" }));
    const real = ((((lon + 180) % 360) + 360) % 360) - 180;
    if (x > 2 && x < width - 52) out.push(words(x + 4, height - 5, degrees(real, "E", "W"), { colour: "var(--ink3)" }));
  }
  for (let lat = Math.ceil(Math.max(-90, at.lat[0]) / step) * step; lat <= Math.min(90, at.lat[1]); lat += step) {
    const y = at.y(lat);
    out.push(mark("line", { x1: 0, x2: width, y1: y, y2: y, stroke: "var(--line)" }));
    if (y > 14 && y < height - 24) out.push(words(width - 4, y - 4, degrees(lat, "N", "S"), { anchor: "end", colour: "var(--ink3)" }));
  }
  return out;
}

function edge(lon: number): boolean {
  return Math.abs(Math.abs(lon) - 180) < 0.2;
}

/** Coast lines and borders as one thin path each, drawn where they cross the frame. */
export function outlined(lines: number[][], at: Projection, width: number, height: number): string {
  const middle = (at.lon[0] + at.lon[1]) / 2;
  const parts: string[] = [];
  for (const line of lines) {
    const lons: number[] = [];
    const lats: number[] = [];
    let lon = 0;
    let lat = 0;
    for (let k = 0; k + 1 < line.length; k += 2) {
      lon += line[k] ?? 0;
      lat += line[k + 1] ?? 0;
      lons.push(lon / 10 - at.cut);
      lats.push(lat / 10);
    }
    for (const turn of [-720, -360, 0, 360, 720]) {
      let open = false;
      let piece = "";
      let inside = false;
      const close = (): void => {
        if (inside) parts.push(piece);
        [piece, inside, open] = ["", false, false];
      };
      lons.forEach((value, k) => {
        const before = lons[k - 1];
        // At the date line a coast jumps round the globe or runs along the seam: neither is a coast.
        const seam = before !== undefined && (Math.abs(value - before) > 180 || (edge(value + at.cut) && edge(before + at.cut)));
        if (seam) close();
        const x = width / 2 + (value + turn - middle) * at.squeeze * at.scale;
        const y = at.y(lats[k] ?? 0);
        if (x > -40 && x < width + 40 && y > -40 && y < height + 40) inside = true;
        piece += `${open ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
        open = true;
      });
      close();
    }
  }
  return parts.join("");
}

/** Neighbours must not hide each other: their marks are pushed apart until they only touch. */
export function pushedApart(nodes: Node[], width: number, height: number): void {
  const least = 2 * RADIUS + 6;
  for (let round = 0; round < 80; round += 1) {
    let moved = false;
    nodes.forEach((a, i) => {
      for (const b of nodes.slice(i + 1)) {
        let dx = b.x - a.x;
        let dy = b.y - a.y;
        let far = Math.hypot(dx, dy);
        if (far >= least) continue;
        if (far < 0.01) [dx, dy, far] = [1, 0.5, 1.12];
        const shift = (least - far) / 2 + 0.2;
        a.x -= (dx / far) * shift;
        a.y -= (dy / far) * shift;
        b.x += (dx / far) * shift;
        b.y += (dy / far) * shift;
        moved = true;
      }
    });
    for (const node of nodes) {
      node.x = Math.min(width - RADIUS - 4, Math.max(RADIUS + 4, node.x));
      node.y = Math.min(height - RADIUS - 20, Math.max(RADIUS + 4, node.y));
    }
    if (!moved) return;
  }
}

type Point = [number, number];

/** How far each leg bends: towards the pole where nothing is in the way, so that it passes no third country as if it stopped there. */
function bends(flows: Flow[], node: (code: string) => Node, all: Node[]): Map<string, number> {
  const out = new Map<string, number>();
  const lines: Point[][] = [];
  for (const flow of flows) {
    const a = node(flow.from);
    const b = node(flow.to);
    // A positive bend lies to the left of the way; up on the page is left of a way to the right.
    const up = b.x < a.x ? -1 : 1;
    const long = Math.hypot(b.x - a.x, b.y - a.y) > 90;
    let best = { cost: Infinity, bend: 0, line: [] as Point[] };
    for (const [rank, size] of (long ? [0.16, -0.16, 0.26, 0.08, -0.26] : [0.3, -0.3, 0.45]).entries()) {
      const line = curve(a, b, size * up, 1);
      const third = all.filter((n) => n !== a && n !== b && line.some(([x, y]) => Math.hypot(x - n.x, y - n.y) < RADIUS + 10)).length;
      const beside = lines.flat().filter(([x, y]) => line.slice(3, -3).some(([p, q]) => Math.hypot(x - p, y - q) < 9)).length;
      const high = Math.min(...line.map(([, y]) => y));
      const cost = third * 40 + beside * 1.5 + rank + (high < 6 ? 30 : 0);
      if (cost < best.cost) best = { cost, bend: size * up, line };
    }
    out.set(legKey(flow), best.bend);
    lines.push(best.line);
  }
  return out;
}

function turned(a: Node, b: Node, bend: number): { control: Point; length: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return { control: [(a.x + b.x) / 2 + dy * bend, (a.y + b.y) / 2 - dx * bend], length: Math.max(Math.hypot(dx, dy), 1) };
}

function along(a: Node, c: Point, b: Node, t: number): Point {
  const u = 1 - t;
  return [u * u * a.x + 2 * u * t * c[0] + t * t * b.x, u * u * a.y + 2 * u * t * c[1] + t * t * b.y];
}

function curve(a: Node, b: Node, bend: number, until: number): Point[] {
  const { control } = turned(a, b, bend);
  return Array.from({ length: 25 }, (_, k) => along(a, control, b, (until * k) / 24));
}

function path(points: Point[]): string {
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
}

function leg(flow: Flow, a: Node, b: Node, bend: number, width: number, before: number | null, colour: string): Mark {
  const { control, length } = turned(a, b, bend);
  const head = Math.max(8, width * 1.5);
  const stop = Math.max(0.3, 1 - (RADIUS + head * 0.8) / length);
  const tip = along(a, control, b, Math.max(0.35, 1 - (RADIUS + 1) / length));
  const line = curve(a, b, bend, stop);
  const [x1, y1] = line.at(-1) ?? tip;
  const away = Math.max(Math.hypot(tip[0] - x1, tip[1] - y1), 0.01);
  const nx = (-(tip[1] - y1) / away) * head * 0.55;
  const ny = ((tip[0] - x1) / away) * head * 0.55;
  const kids: Mark[] = [];
  if (before !== null) {
    kids.push(mark("path", { d: path(line), fill: "none", stroke: "var(--band)", "stroke-width": before, "stroke-linecap": "butt" }));
  }
  kids.push(
    mark("path", { d: path(line), fill: "none", stroke: colour, "stroke-width": width, "stroke-dasharray": flow.held ? undefined : "7 3" }),
    mark("path", {
      d: `M${(x1 + nx).toFixed(1)} ${(y1 + ny).toFixed(1)}L${tip[0].toFixed(1)} ${tip[1].toFixed(1)}L${(x1 - nx).toFixed(1)} ${(y1 - ny).toFixed(1)}Z`,
      fill: colour,
    }),
    // A wide line that cannot be seen but can be hit.
    mark("path", { d: path(line), fill: "none", stroke: "transparent", "stroke-width": Math.max(16, width + 8), "pointer-events": "stroke" }),
  );
  return group({ cursor: "pointer" }, kids, { key: legKey(flow), tip: `${flow.from} to ${flow.to}: ${legText(flow)}, ${count(flow.rows, "row")}` });
}

export function legKey(flow: { from: string; to: string }): string {
  return `${flow.from}>${flow.to}`;
}

/** What stands on a leg: its value in dollars, or its rows where no value is stated. */
export function legText(flow: Flow): string {
  const now = flow.rows === 0 ? "none" : flow.value === null || flow.value === 0 ? count(flow.rows, "row") : brief(flow.value);
  return flow.before === null ? now : `${now}; was ${flow.before === 0 ? "none" : brief(flow.before)}`;
}

function spot(a: Node, b: Node, bend: number, thick: number, half: number, taken: Point[], others: Point[], width: number, height: number): Point {
  const { control } = turned(a, b, bend);
  const beside = thick / 2 + 10;
  let best: { crossed: number; at: Point } | null = null;
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8]) {
    const [x, y] = along(a, control, b, t);
    const [x1, y1] = along(a, control, b, t - 0.05);
    const [x2, y2] = along(a, control, b, t + 0.05);
    const away = Math.max(Math.hypot(x2 - x1, y2 - y1), 0.01);
    const nx = -(y2 - y1) / away;
    const ny = (x2 - x1) / away;
    const slant = beside + Math.abs(nx) * half;
    for (const shift of thick < 2.4 ? [0, slant, -slant] : [slant, -slant]) {
      const at: Point = [
        Math.min(width - half - 4, Math.max(half + 4, x + nx * shift)),
        Math.min(height - 22, Math.max(12, y + ny * shift)),
      ];
      const blocked = taken.filter(([px, py]) => Math.abs(at[0] - px) <= half + 20 && Math.abs(at[1] - py) <= 17).length;
      const crossed = blocked * 100 + others.filter(([px, py]) => Math.abs(at[0] - px) <= half + 3 && Math.abs(at[1] - py) <= 9).length;
      if (best === null || crossed < best.crossed) best = { crossed, at };
      if (crossed === 0) return at;
    }
  }
  return best?.at ?? along(a, control, b, 0.5);
}

export interface FlowOptions {
  width: number;
  height: number;
  title: string;
  /** Legs drawn at most, largest first. The table has them all. */
  most: number;
  outlines?: Outlines | null;
  borders?: boolean;
  /** Codes with a colour of their own, for example the chosen one. */
  chosen?: string | null;
}

export interface FlowScene {
  scene: Scene;
  drawn: Flow[];
  /** Codes that are on no map. */
  unplaced: string[];
}

const COLOURS = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)"];

export function flowScene(places: Place[], flows: Flow[], options: FlowOptions): FlowScene {
  const { width, height } = options;
  const known = new Map(places.map((p) => [p.code, p]));
  const unplaced = [...new Set(flows.flatMap((f) => [f.from, f.to]))].filter((c) => !known.has(c)).sort();
  const drawn = flows
    .filter((f) => f.from !== f.to && known.has(f.from) && known.has(f.to))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0) || b.rows - a.rows || legKey(a).localeCompare(legKey(b)))
    .slice(0, options.most);
  const codes = [...new Set(drawn.flatMap((f) => [f.from, f.to]))].sort();
  if (codes.length === 0) return { scene: { width, height: 60, title: options.title, marks: [] }, drawn, unplaced };
  const at = project(codes.map((c) => known.get(c) as Place), width, height, Math.min(70, width * 0.09 + 12));
  const nodes = new Map<string, Node>(codes.map((code) => {
    const place = known.get(code) as Place;
    return [code, { code, x: at.x(place.lon), y: at.y(place.lat) }];
  }));
  pushedApart([...nodes.values()], width, height);
  const node = (code: string): Node => nodes.get(code) as Node;

  const most = Math.max(0, ...drawn.map((f) => Math.max(f.value ?? 0, f.before ?? 0)));
  const thick = thickness(most, WIDEST);
  // A colour a destination: legs that end in the same country belong together; grey from the sixth on.
  const ends = [...new Set(drawn.map((f) => f.to))];
  const colour = (f: Flow): string => COLOURS[ends.indexOf(f.to)] ?? "var(--s6)";

  const marks: Mark[] = graticule(at, width, height);
  if (options.outlines) {
    const land = outlined(options.outlines.land, at, width, height);
    if (land) marks.push(mark("path", { d: land, fill: "none", stroke: "var(--line2)", "stroke-width": 0.8, "stroke-linejoin": "round" }));
    const borders = options.borders ? outlined(options.outlines.borders, at, width, height) : "";
    if (borders) marks.push(mark("path", { d: borders, fill: "none", stroke: "var(--line)", "stroke-width": 0.9, "stroke-dasharray": "2 2" }));
  }
  const bent = bends(drawn, node, [...nodes.values()]);
  const bend = (f: Flow): number => bent.get(legKey(f)) ?? 0;
  for (const flow of [...drawn].reverse()) {
    marks.push(leg(flow, node(flow.from), node(flow.to), bend(flow), thick(flow.value), flow.before === null ? null : thick(flow.before), colour(flow)));
  }
  const curves = new Map(drawn.map((f) => [legKey(f), curve(node(f.from), node(f.to), bend(f), 1)]));
  const taken: Point[] = [...nodes.values()].map((n) => [n.x, n.y]);
  const labels: Mark[] = [];
  for (const flow of drawn) {
    const text = legText(flow);
    const others = [...curves].filter(([key]) => key !== legKey(flow)).flatMap(([, points]) => points);
    const [x, y] = spot(node(flow.from), node(flow.to), bend(flow), thick(flow.value), textWidth(text, 12, true) / 2, taken, others, width, height);
    taken.push([x, y]);
    labels.push(words(x, y + 4, text, { anchor: "middle", bold: true, halo: true, colour: colour(flow), key: legKey(flow) }));
  }
  marks.push(...labels);
  for (const { code, x, y } of nodes.values()) {
    const chosen = options.chosen === code;
    marks.push(
      group(
        { cursor: "pointer" },
        [
          mark("circle", { cx: x, cy: y, r: RADIUS, fill: "var(--ink)", stroke: chosen ? "var(--link)" : "var(--paper)", "stroke-width": chosen ? 3 : 2 }),
          mark("text", { x, y: y + 4, "text-anchor": "middle", "font-size": 12, "font-weight": 600, fill: "var(--paper)" }, { text: code }),
        ],
        { key: code, tip: known.get(code)?.name ?? code },
      ),
    );
  }
  return { scene: { width, height, title: options.title, marks }, drawn, unplaced };
}
