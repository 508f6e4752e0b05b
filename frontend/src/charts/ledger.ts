// The supply ledger: a lane an item. Order outlined and open at the right; delivery solid; capacity ticks; stock two lines; loss hatched.
import { fitted, group, mark, textWidth, words, type Mark, type Scene } from "./scene";
import { DAY, linear, time, timeTicks } from "./scale";
import { day, plain } from "./words";

export type LedgerKind = "order" | "delivery" | "capacity" | "stock" | "loss";

export interface LedgerItem {
  key: string;
  kind: LedgerKind;
  title: string;
  /** declared, asserted, apparent. */
  markKind: string;
  sub: string;
  low: number | null;
  high: number | null;
  per: string | null;
  start: string | null;
  end: string | null;
  /** A value in the words of the press, where no quantity is stated. */
  worth?: string | null;
}

const ROW = 48;

/** The amount of an item in words: 100, 100–120, at least 100, or "quantity n/s". A rate keeps its period. */
export function amount(item: Pick<LedgerItem, "low" | "high" | "per" | "worth">): string {
  const per = item.per ? ` a ${item.per}` : "";
  if (item.low === null && item.high === null) return item.worth ?? "quantity n/s";
  if (item.low === null) return `at most ${plain(item.high)}${per}`;
  if (item.high === null) return `at least ${plain(item.low)}${per}`;
  return item.low === item.high ? `${plain(item.low)}${per}` : `${plain(item.low)}–${plain(item.high)}${per}`;
}

/** When: both days, one of them, or that none is stated. */
export function when(item: Pick<LedgerItem, "start" | "end">): string {
  if (item.start && item.end) return item.start === item.end ? day(item.start) : `${day(item.start)} to ${day(item.end)}`;
  if (item.start) return `from ${day(item.start)}, end open`;
  if (item.end) return `until ${day(item.end)}`;
  return "time n/s";
}

const SYMBOL: Record<string, (x: number, y: number) => Mark> = {
  declared: (x, y) => mark("rect", { x, y, width: 9, height: 9, fill: "var(--ink2)" }),
  inferred: (x, y) => mark("path", { d: `M${x + 5} ${y - 0.5}l5 5-5 5-5-5ZM${x + 5} ${y - 0.5}v10`, fill: "none", stroke: "var(--ink2)", "stroke-width": 1.3 }),
  asserted: (x, y) => mark("path", { d: `M${x} ${y}h9v6.2h-4.6l-2.6 2.8v-2.8h-1.8Z`, fill: "none", stroke: "var(--ink2)", "stroke-width": 1.3 }),
  apparent: (x, y) => mark("circle", { cx: x + 4.5, cy: y + 4.5, r: 4.2, fill: "none", stroke: "var(--ink2)", "stroke-width": 1.6, "stroke-dasharray": "2.4 1.6" }),
};

function bar(item: LedgerItem, x1: number, x2: number, y: number, open: boolean): Mark[] {
  const w = Math.max(2, x2 - x1);
  switch (item.kind) {
    case "order": {
      const path = open ? `M${x2} ${y}H${x1}V${y + 9}H${x2}` : `M${x1} ${y}H${x1 + w}V${y + 9}H${x1}Z`;
      return [mark("path", { d: path, fill: "none", stroke: "var(--s4)", "stroke-width": 1.4 })];
    }
    case "delivery":
      return [mark("rect", { x: x1, y, width: w, height: 10, fill: "var(--s1)" })];
    case "capacity": {
      let d = "";
      for (let x = x1; x <= x1 + w; x += 4) d += `M${x.toFixed(1)} ${y}v10`;
      return [mark("path", { d, stroke: "var(--s3)", "stroke-width": 1.8, fill: "none" })];
    }
    case "stock":
      return [mark("path", { d: `M${x1} ${y + 1}h${w}M${x1} ${y + 9}h${w}`, stroke: "var(--s5)", "stroke-width": 1.4, fill: "none" })];
    case "loss": {
      let d = "";
      for (let x = x1 - 6; x < x1 + w; x += 5) {
        const a = Math.max(x, x1);
        const b = Math.min(x + 10, x1 + w);
        if (b > a) d += `M${a.toFixed(1)} ${(y + 10 - (a - x)).toFixed(1)}L${b.toFixed(1)} ${(y + 10 - (b - x)).toFixed(1)}`;
      }
      return [
        mark("path", { d, stroke: "var(--s2)", "stroke-width": 1.4, fill: "none" }),
        mark("rect", { x: x1, y, width: w, height: 10, fill: "none", stroke: "var(--s2)", "stroke-width": 1.2 }),
      ];
    }
  }
}

export function ledgerScene(items: LedgerItem[], width: number, title: string): Scene {
  const times = items.flatMap((i) => [time(i.start), time(i.end)]).filter((t): t is number => t !== null);
  const narrow = width < 560;
  const left = narrow ? 10 : 226;
  const right = width - 12;
  const row = narrow ? ROW + 20 : ROW;
  const height = 28 + items.length * row + 4;
  const low = times.length ? Math.min(...times) : 0;
  const high = times.length ? Math.max(...times) : 0;
  const edge = Math.max((high - low) * 0.05, 20 * DAY);
  const [first, last] = [low - edge, high + edge * 1.6];
  const x = linear([first, last], [left, right]);
  const marks: Mark[] = [];
  if (times.length) {
    for (const tick of timeTicks(first, last, right - left)) {
      const at = x(tick.at);
      if (at < left || at > right - 6) continue;
      marks.push(mark("line", { x1: at, x2: at, y1: 22, y2: height - 4, stroke: "var(--line)" }));
      if (at + textWidth(tick.label) < right + 6) marks.push(words(at + 4, 15, tick.label));
    }
  }
  marks.push(mark("line", { x1: 0, x2: width, y1: 24, y2: 24, stroke: "var(--ink)" }));
  items.forEach((item, k) => {
    const y = 28 + k * row;
    const kids: Mark[] = [
      words(0, y + 16, fitted(item.title, (narrow ? width : left) - 12, 12, true), { bold: true }),
      (SYMBOL[item.markKind] ?? SYMBOL["asserted"])!(0, y + 24),
      words(15, y + 33, fitted(`${item.markKind} · ${item.sub}`, (narrow ? width : left) - 26), {}),
    ];
    const barY = narrow ? y + 40 : y + 10;
    const start = time(item.start);
    const end = time(item.end);
    const said = amount(item);
    if (start === null && end === null) {
      kids.push(words(left + 4, barY + 9, `${said}, time n/s`, { colour: "var(--ink3)" }));
    } else {
      const x1 = start === null ? left : x(start);
      const x2 = end === null ? right : x(end + DAY);
      kids.push(...bar(item, x1, x2, barY, end === null));
      const text = `${said}${end === null ? ", open end" : start === null ? ", start n/s" : ""}`;
      const over = x1 + textWidth(text) > right;
      kids.push(words(over ? right : x1, barY + 24, text, { anchor: over ? "end" : "start", halo: true }));
    }
    kids.push(mark("line", { x1: 0, x2: width, y1: y + row, y2: y + row, stroke: "var(--line)" }));
    marks.push(group({}, kids, { key: item.key, tip: `${item.title}: ${said}, ${when(item)}` }));
  });
  return { width, height, title, marks };
}
