// Scales: numbers, areas and days to places in a picture.

export const DAY = 86_400_000;

export function linear(from: [number, number], to: [number, number]): (value: number) => number {
  const span = from[1] - from[0];
  return (value) => (span === 0 ? (to[0] + to[1]) / 2 : to[0] + ((value - from[0]) / span) * (to[1] - to[0]));
}

/** Radius of a disc whose AREA is proportional to the value; never smaller than `least`, so that it can be seen and hit. */
export function radius(most: number, widest: number, least = 2.5): (value: number | null) => number {
  return (value) => (value === null || value <= 0 || most <= 0 ? least : Math.max(least, widest * Math.sqrt(value / most)));
}

/** Width of a line proportional to the value, at least 1.2 px. */
export function thickness(most: number, widest: number, least = 1.2): (value: number | null) => number {
  return (value) => (value === null || value <= 0 || most <= 0 ? least : Math.max(least, (widest * value) / most));
}

/** A round number at or above the value: 1, 2, 2.5 or 5 times a power of ten. */
export function roundEnd(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 2.5, 5, 10]) if (step * power >= value * (1 - 1e-12)) return step * power;
  return 10 * power;
}

export function ticks(end: number, wanted = 4): number[] {
  const step = roundEnd(end / wanted);
  const out: number[] = [];
  for (let k = 0; k * step <= end * (1 + 1e-9); k += 1) out.push(k * step);
  return out;
}

/** Milliseconds of an ISO date (YYYY, YYYY-MM or YYYY-MM-DD), or null. UTC, so that no machine's clock moves a day. */
export function time(iso: string | null | undefined): number | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso ?? "");
  if (!found) return null;
  const at = Date.UTC(Number(found[1]), Number(found[2] ?? "1") - 1, Number(found[3] ?? "1"));
  return Number.isNaN(at) ? null : at;
}

export function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function monthOf(at: number): string {
  return isoDay(at).slice(0, 7);
}

export function monthStart(month: string): number {
  return time(month) ?? 0;
}

export function nextMonth(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

/** First and last day of a month, ISO. */
export function monthEnds(month: string): [string, string] {
  return [`${month}-01`, isoDay(monthStart(nextMonth(month)) - DAY)];
}

/** Every month from the one of `first` to the one of `last`. */
export function months(first: number, last: number): string[] {
  const out: string[] = [];
  const end = monthOf(Math.max(first, last));
  for (let month = monthOf(first); month <= end && out.length < 4800; month = nextMonth(month)) out.push(month);
  return out;
}

export interface Tick {
  at: number;
  label: string;
  strong: boolean;
}

const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Labelled starts of months, quarters or years, so many that none touches the next. `px` is the width in pixels. */
export function timeTicks(first: number, last: number, px: number): Tick[] {
  const all = months(first, last);
  const room = Math.max(1, Math.floor(px / 58));
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((s) => all.length / s <= room) ?? 240;
  const out: Tick[] = [];
  for (const month of all) {
    const [year, number] = month.split("-").map(Number) as [number, number];
    const count = year * 12 + number - 1;
    if (count % step !== 0) continue;
    const at = monthStart(month);
    if (at < first - 15 * DAY) continue;
    const january = number === 1;
    const label = step >= 12 ? String(year) : out.length === 0 || january ? `${NAMES[number - 1]} ${year}` : (NAMES[number - 1] ?? "");
    out.push({ at, label, strong: january });
  }
  return out;
}

/** Places of labels pushed apart to at least `gap`, in the order they came, moved as little as a single pass each way needs. */
export function apart(places: number[], gap: number, low: number, high: number): number[] {
  const order = places.map((_, k) => k).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);
  const out = [...places];
  let last = low - gap;
  for (const k of order) {
    out[k] = Math.max(out[k] ?? 0, last + gap);
    last = out[k] ?? 0;
  }
  let next = high + gap;
  for (const k of [...order].reverse()) {
    out[k] = Math.min(out[k] ?? 0, next - gap);
    next = out[k] ?? 0;
  }
  return out;
}
