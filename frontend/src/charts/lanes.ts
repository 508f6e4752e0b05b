// The timeline: a lane a firm, a disc a lot (area = pieces), months without a file shaded and named, events as dashed lines.
import { fitted, group, mark, textWidth, words, type Mark, type Scene } from "./scene";
import { DAY, linear, monthStart, nextMonth, radius, time, timeTicks } from "./scale";
import { count, day, month, plain } from "./words";

export interface LaneLot {
  key: string;
  date: string;
  pieces: number | null;
  value: number | null;
  rows: number;
  /** The lots of a whole month: drawn in its middle. */
  whole?: boolean;
}

export interface Lane {
  id: string;
  name: string;
  country: string | null;
  lots: LaneLot[];
}

export interface LaneOptions {
  width: number;
  title: string;
  first: string;
  last: string;
  /** Months in which no file of the case has a record. */
  missing: string[];
  events: { date: string; name: string }[];
  /** Keys of lots that are one chain, first hop first; and the hop with the lowest probability. */
  chain?: ChainStep[];
}

export interface ChainStep {
  key: string;
  /** The lane the lot is taken from: its seller; for the last step also the buyer. */
  lane: string;
  weakest: boolean;
}

export interface Frame {
  left: number;
  right: number;
  /** Milliseconds at a place of the picture, for brushing. */
  at: (x: number) => number;
}

export interface LaneScene {
  scene: Scene;
  frame: Frame;
}

const ROW = 44;

/** Runs of following months: [first, last]. */
export function runs(months: string[]): [string, string][] {
  const out: [string, string][] = [];
  for (const one of [...months].sort()) {
    const last = out.at(-1);
    if (last && nextMonth(last[1]) === one) last[1] = one;
    else out.push([one, one]);
  }
  return out;
}

function lotWords(lot: LaneLot): string {
  const pieces = lot.pieces === null ? "pieces n/s" : `${plain(lot.pieces)}\u00a0pcs`;
  return `${pieces}, ${lot.whole ? month(lot.date) : day(lot.date)}${lot.rows > 1 ? `, ${count(lot.rows, "row")}` : ""}`;
}

export function laneScene(lanes: Lane[], options: LaneOptions): LaneScene {
  const narrow = options.width < 560;
  const left = narrow ? 0 : 186;
  const right = options.width - 14;
  const eventRoom = options.events.length > 0 ? 34 : 0;
  const top = 26 + eventRoom;
  const row = narrow ? ROW + 14 : ROW;
  const height = top + lanes.length * row + 12;
  // Whole months, so that the first one has its name on the axis.
  const first = monthStart(options.first.slice(0, 7));
  const last = Math.max(monthStart(nextMonth((options.last || options.first).slice(0, 7))), first + 20 * DAY);
  const x = linear([first, last], [narrow ? left + 12 : left, right]);
  const back = linear([narrow ? left + 12 : left, right], [first, last]);
  const marks: Mark[] = [];

  for (const [a, b] of runs(options.missing)) {
    const from = Math.max(left, x(monthStart(a)));
    const to = Math.min(right, x(monthStart(nextMonth(b))));
    if (to - from < 0.5) continue;
    marks.push(mark("rect", { x: from, y: top, width: to - from, height: lanes.length * row, fill: "var(--band)", opacity: 0.6 }));
    const said = a === b ? `no file, ${month(a)}` : `no file, ${month(a)} to ${month(b)}`;
    const short = [said, "no file"].find((t) => textWidth(t) + 8 < to - from);
    if (short) marks.push(words((from + to) / 2, top + 15, short, { anchor: "middle", colour: "var(--ink3)" }));
  }
  for (const tick of timeTicks(first, last, right - left)) {
    const at = x(tick.at);
    if (at < left - 1 || at > right - 8) continue;
    marks.push(mark("line", { x1: at, x2: at, y1: 22, y2: height - 12, stroke: tick.strong ? "var(--line2)" : "var(--line)" }));
    if (at + textWidth(tick.label) < right + 8) marks.push(words(at + 4, 16, tick.label));
  }
  const most = Math.max(0, ...lanes.flatMap((l) => l.lots.map((lot) => lot.pieces ?? 0)));
  const size = radius(most, 14, 3.2);
  const stated = lanes.some((l) => l.country !== null);
  const inChain = new Set((options.chain ?? []).map((step) => step.key));
  const placed = new Map<string, { x: number; y: number; r: number; lot: LaneLot }>();

  lanes.forEach((lane, k) => {
    const base = top + k * row;
    const middle = base + row / 2 + (narrow ? 7 : 0);
    marks.push(mark("line", { x1: narrow ? left : 0, x2: right, y1: base + row, y2: base + row, stroke: "var(--line)" }));
    const name = group({ cursor: "pointer" }, [], { key: `lane:${lane.id}`, tip: lane.name });
    if (narrow) {
      name.kids?.push(words(left, base + 14, `${fitted(lane.name, right - left - 40, 12, true)}`, { bold: true, halo: true }));
      if (stated) name.kids?.push(words(right, base + 14, lane.country ?? "n/s", { anchor: "end" }));
    } else {
      name.kids?.push(words(0, stated ? middle - 3 : middle + 4, fitted(lane.name, left - 12, 12, true), { bold: true }));
      if (stated) name.kids?.push(words(0, middle + 13, lane.country ?? "country n/s"));
    }
    marks.push(name);
    for (const lot of [...lane.lots].sort((a, b) => (b.pieces ?? 0) - (a.pieces ?? 0))) {
      const at = time(lot.date);
      if (at === null) continue;
      const filled = inChain.has(lot.key);
      const r = size(lot.pieces);
      const cx = Math.min(right - 2, Math.max(left + 2, x(lot.whole ? at + 14 * DAY : at)));
      if (filled) placed.set(`${lane.id} ${lot.key}`, { x: cx, y: middle, r, lot });
      marks.push(
        mark(
          "circle",
          {
            cx, cy: middle, r,
            fill: filled ? "var(--s1)" : "var(--paper)",
            "fill-opacity": filled ? undefined : 0.72,
            stroke: filled ? "var(--s1)" : "var(--ink2)",
            "stroke-width": 1.4,
            "stroke-dasharray": lot.pieces === null ? "2 2" : undefined,
            cursor: "pointer",
          },
          { key: lot.key, tip: `${lane.name}: ${lotWords(lot)}` },
        ),
      );
    }
  });

  const steps = (options.chain ?? []).map((step) => ({ step, at: placed.get(`${step.lane} ${step.key}`) })).filter((s) => s.at !== undefined);
  steps.forEach(({ step, at }, k) => {
    const before = steps[k - 1]?.at;
    if (before && at) {
      marks.push(
        mark("line", { x1: before.x, y1: before.y, x2: at.x, y2: at.y, stroke: "var(--s1)", "stroke-width": 2.2, "stroke-dasharray": step.weakest ? "6 4" : undefined }),
      );
    }
  });
  const said = new Set<string>();
  for (const { step, at } of steps) {
    if (!at || said.has(step.key)) continue;
    said.add(step.key);
    const text = lotWords(at.lot);
    const over = at.x + at.r + 8 + textWidth(text, 12, true) > right;
    if (narrow) continue; // The name stands over the lane there; the table has the amounts.
    marks.push(words(over ? at.x - at.r - 8 : at.x + at.r + 8, at.y - 8, text, { bold: true, halo: true, anchor: over ? "end" : "start" }));
  }

  // Names of events stand on two lines at most; one that would touch another goes without its words and keeps its line.
  const ends = [-1, -1];
  for (const event of [...options.events].sort((a, b) => a.date.localeCompare(b.date))) {
    const at = time(event.date);
    if (at === null || at < first || at > last) continue;
    const cx = x(at);
    marks.push(mark("line", { x1: cx, x2: cx, y1: 24, y2: height - 12, stroke: "var(--ink)", "stroke-width": 1, "stroke-dasharray": "4 3" }, { tip: `${event.name}, ${day(event.date)}` }));
    const text = fitted(event.name, 220, 12, true);
    const half = textWidth(text, 12, true) / 2;
    const middle = Math.min(right - half, Math.max(left + half, cx));
    const level = ends.findIndex((end) => middle - half > end + 8);
    if (level < 0) continue;
    ends[level] = middle + half;
    marks.push(words(middle, 38 + level * 15, text, { anchor: "middle", bold: true, halo: true }));
  }
  return { scene: { width: options.width, height, title: options.title, marks }, frame: { left, right, at: back } };
}
