/** Figures sorted for the page: those with a card, the rankings, those set against claims; and the geometry of their bars. */

import { numeric, roundEnd } from "./format";
import type { Figure, WaterfallStep } from "./types";

export interface Ranking {
  measure: string;
  label: string;
  lines: Figure[];
}

const RANKINGS: Readonly<Record<string, string>> = {
  by_exporter: "Exporters", by_importer: "Importers", by_brand: "Brands", by_model: "Models", by_origin: "Countries of origin",
  by_departure: "Shipped from", by_destination: "Destinations", by_month: "Months",
}; // prettier-ignore

export function sorted(figures: readonly Figure[], lead?: string | null): { cards: Figure[]; rankings: Ranking[]; claimed: Figure[] } {
  const cards: Figure[] = [];
  const claimed: Figure[] = [];
  const rankings = new Map<string, Ranking>();
  for (const figure of figures) {
    if (figure.measure.startsWith("claim:")) claimed.push(figure);
    else if (figure.measure.startsWith("by_")) {
      const label = RANKINGS[figure.measure] ?? figure.measure.slice(3).replaceAll("_", " ");
      const ranking = rankings.get(figure.measure) ?? { measure: figure.measure, label, lines: [] };
      ranking.lines.push(figure);
      rankings.set(figure.measure, ranking);
    } else cards.push(figure);
  }
  // The figure the page opens with comes first, the others in the order of their ids.
  cards.sort((a, b) => Number(b.figure_id === lead) - Number(a.figure_id === lead));
  for (const ranking of rankings.values()) {
    ranking.lines.sort((a, b) =>
      ranking.measure === "by_month" ? (a.subject ?? "").localeCompare(b.subject ?? "") : (a.rank ?? 0) - (b.rank ?? 0),
    );
  }
  return { cards, rankings: [...rankings.values()], claimed };
}

/** `Declared value` of `Declared value: drones, to RU, since 24 Feb 2022`: the part after the colon is that of every figure. */
export function headOf(label: string): { what: string; scope: string } {
  const at = label.indexOf(":");
  return at < 0 ? { what: label, scope: "" } : { what: label.slice(0, at), scope: label.slice(at + 1).trim() };
}

export interface RangeBar {
  /** Shares of the axis, 0 to 1. */
  low: number;
  central: number;
  high: number;
  end: number;
}

/** A bar from 0 to a round end; null where the figure is no number, or all readings agree. */
export function rangeBar(figure: Figure): RangeBar | null {
  const [central, strict, broad] = [figure.value, figure.readings.strict, figure.readings.broad].map(numeric);
  if (central === null || central === undefined) return null;
  const known = [central, strict ?? central, broad ?? central];
  if (Math.min(...known) < 0) return null;
  const end = roundEnd(Math.max(...known));
  return { low: Math.min(...known) / end, central: central / end, high: Math.max(...known) / end, end };
}

export function agree(figure: Figure): boolean {
  const all = [figure.value, figure.readings.strict, figure.readings.broad].map((v) => (v === null ? "" : String(v)));
  return all.every((v) => v === all[0]);
}

export interface Lever {
  choice: string;
  /** Signed changes against the central reading; null where the choice cannot be made that way. */
  lower: number | null;
  higher: number | null;
}

/** What each choice alone does, the largest first; those without effect stay. */
export function levers(figure: Figure): Lever[] {
  const central = numeric(figure.value);
  if (central === null) return [];
  const out = figure.choices.map((choice) => {
    const changes = [numeric(choice.low), numeric(choice.high)]
      .filter((end): end is number => end !== null)
      .map((end) => end - central);
    const lower = changes.filter((c) => c < 0);
    const higher = changes.filter((c) => c > 0);
    return {
      choice: choice.choice,
      lower: lower.length ? Math.min(...lower) : null,
      higher: higher.length ? Math.max(...higher) : null,
    };
  });
  const size = (lever: Lever): number => Math.max(Math.abs(lever.lower ?? 0), Math.abs(lever.higher ?? 0));
  return out.sort((a, b) => size(b) - size(a) || a.choice.localeCompare(b.choice));
}

export interface Fall {
  step: WaterfallStep;
  /** Left end and width of the bars, shares of the axis; null where the value is not known. */
  rows: [number, number];
  value: [number, number] | null;
  magnified: boolean;
}

/** Bars of the waterfall. What remains under 2 % of the scale is drawn 100 times larger from there on. */
export function falls(steps: readonly WaterfallStep[]): Fall[] {
  const first = steps[0];
  if (!first) return [];
  const whole = { rows: Math.max(1, first.rows), value: Math.max(1e-9, first.value_usd ?? 0) };
  const left = { rows: first.rows, value: first.value_usd ?? 0 };
  let magnified = false;
  return steps.map((step) => {
    const value = step.value_usd;
    const out = step.kind === "left_out";
    if (!magnified && step !== first && left.rows / whole.rows < 0.02) magnified = true;
    const by = magnified ? 100 : 1;
    if (out) {
      left.rows -= step.rows;
      left.value -= value ?? 0;
    }
    const bar = (from: number, size: number, of: number): [number, number] => {
      const start = Math.max(0, Math.min(1, (from / of) * by));
      return [start, Math.max(0, Math.min(1 - start, (size / of) * by))];
    };
    const unread = out && step.without_value >= step.rows && !value;
    return {
      step,
      rows: out ? bar(left.rows, step.rows, whole.rows) : bar(0, step.rows, whole.rows),
      value: unread || value === null ? null : out ? bar(left.value, value, whole.value) : bar(0, value, whole.value),
      magnified,
    };
  });
}
