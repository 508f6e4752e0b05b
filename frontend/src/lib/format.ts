/** How numbers and dates are written: never finer than their range, one scale for a value and its ends, a word for what is missing. */

export const NBSP = "\u00a0";
export const NOT_STATED = "n/s";
export const NOT_READABLE = "n/r";
export const NOT_COVERED = "n/c";
export const NOT_APPLICABLE = "–";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const COUNTED: ReadonlySet<string> = new Set([
  "records", "rows", "firms", "exporters", "importers", "brands", "models", "parties", "months",
]); // prettier-ignore
const UNITS: Readonly<Record<string, string>> = {
  C62: "pcs", KGM: "kg", MTR: "m", LTR: "l", MTK: "m²", NPR: "pairs", TNE: "t", SET: "sets",
}; // prettier-ignore
const SCALES: readonly (readonly [least: number, by: number, word: string])[] = [
  [1e9, 1e9, "bn"],
  [1e6, 1e6, "m"],
  [1e4, 1e3, "k"],
];

export interface Written {
  number: string;
  unit: string;
  /** `9.8–14.6`, or nothing where the ends are written like the value. */
  range: string;
  strict: string;
  central: string;
  broad: string;
}

/** A finite number, or null for anything else. */
export function numeric(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !/^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value.trim())) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** One formatter for each number of places: making one costs more than using it a hundred times. */
const DIGITS = new Map<number, Intl.NumberFormat>();
function digits(places: number): Intl.NumberFormat {
  let found = DIGITS.get(places);
  if (!found) {
    found = new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
    DIGITS.set(places, found);
  }
  return found;
}

/** `4,812` and `−0.50`; a negative number of places rounds to tens, hundreds ... */
export function grouped(value: number, places = 0): string {
  const scale = places < 0 ? 10 ** -places : 1;
  const rounded = scale === 1 ? value : Math.round(value / scale) * scale;
  const shown = Math.max(0, Math.min(20, places));
  const text = digits(shown).format(Math.abs(rounded));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** Exponent of the first digit: 2 for 380, -1 for 0.5; 0 for nothing. */
function magnitude(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) + 1e-12);
}

/** Decimals that a value and its ends share: two or three digits where the range is wide, else what its smaller side supports. */
export function placesFor(value: number, ends: readonly number[] = []): number {
  const sides = ends.filter((end) => end !== value).map((end) => Math.abs(value - end));
  if (!sides.length) return Math.max(0, Math.min(2, 3 - magnitude(value)));
  const width = Math.max(value, ...ends) - Math.min(value, ...ends);
  if (width * 10 > Math.abs(value)) {
    return Math.abs(value) < 100 ? 1 - Math.min(0, magnitude(value)) : 2 - magnitude(value);
  }
  return -magnitude(Math.min(...sides));
}

export function isCurrency(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}

/** What a value of this size is divided by, and the unit it then has. */
export function scaleOf(value: number, unit: string): [by: number, unit: string] {
  if (unit === "kg" && Math.abs(value) >= 1e5) return [1000, "t"];
  if (isCurrency(unit)) {
    for (const [least, by, word] of SCALES) if (Math.abs(value) >= least) return [by, `${word}${NBSP}${unit}`];
  }
  return [1, unit];
}

interface Ends {
  low?: number | null;
  high?: number | null;
  strict?: number | null;
  broad?: number | null;
}

/** A figure with its ends on one scale and with the same decimals. */
export function written(value: number | null, unit: string, ends: Ends = {}): Written {
  if (value === null) return { number: NOT_STATED, unit: "", range: "", strict: "", central: "", broad: "" };
  const all = [ends.low, ends.high, ends.strict, ends.broad].map((end) => end ?? null);
  const known = all.filter((end): end is number => end !== null);
  let by = 1;
  let name = unit;
  let places = 0;
  if (!COUNTED.has(unit)) {
    [by, name] = scaleOf(value, unit);
    places = placesFor(value / by, known.map((end) => end / by)); // prettier-ignore
    if (by > 1 && places > 3) {
      [by, name] = [1, unit];
      places = Math.min(0, placesFor(value, known));
    }
    if (by > 1) places = Math.max(0, places);
    else if (Number.isInteger(value) || Math.abs(value) >= 1000) places = Math.min(0, places);
    else if (isCurrency(unit)) places = Math.min(2, places);
  }
  const text = (number: number | null): string => (number === null ? "" : grouped(number / by, places));
  const [low, high, strict, broad] = all.map(text) as [string, string, string, string];
  const number = text(value);
  const range = !low || (low === number && high === number) ? "" : `${low}–${high}`;
  return { number, unit: name, range, strict, central: number, broad };
}

/** `12.1 m USD (9.8–14.6)`. */
export function full(value: number | null, unit: string, ends: Ends = {}): string {
  const made = written(value, unit, ends);
  const short = made.unit ? `${made.number}${NBSP}${made.unit}` : made.number;
  return made.range ? `${short} (${made.range})` : short;
}

/** Two or three digits, for an axis or a sentence: `1.5 m USD`. */
export function brief(value: number | null, unit: string): string {
  if (value === null) return NOT_STATED;
  if (COUNTED.has(unit)) return `${grouped(value)}${NBSP}${unit}`;
  const made = written(value, unit, { low: value / 2, high: value * 2 });
  const number = made.number.includes(".") ? made.number.replace(/\.?0+$/, "") : made.number;
  return made.unit ? `${number}${NBSP}${made.unit}` : number;
}

/** A change on the scale of the value it belongs to, signed: `+0.4 m USD`, `−12`. */
export function signed(change: number, value: number, unit: string): string {
  const [by, name] = scaleOf(value, unit);
  const scaled = change / by;
  const places = by > 1 ? Math.max(1, Math.min(4, 1 - magnitude(scaled))) : 0;
  const number = grouped(Math.abs(scaled), places);
  return `${change < 0 ? "−" : "+"}${number}${name ? NBSP + name : ""}`;
}

/** A cell of a table: up to `places` decimals, none where they are zeros; n/s where the record does not say. */
export function cell(value: number | null | undefined, places = 0): string {
  if (value === null || value === undefined) return NOT_STATED;
  const text = grouped(value, places);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** `.81`; 0 and 1 only where they are exact. */
export function score(value: number | null | undefined): string {
  if (value === null || value === undefined) return NOT_APPLICABLE;
  if (value === 0 || value === 1) return String(value);
  return `.${String(Math.min(99, Math.max(1, Math.round(value * 100)))).padStart(2, "0")}`;
}

/** `18 %`; never 0 % or 100 % for something that is neither. */
export function share(part: number | null, whole: number | null): string {
  if (part === null || !whole) return NOT_APPLICABLE;
  const value = (part * 100) / whole;
  let text = grouped(value);
  if (value > 0 && value < 1) text = value < 0.1 ? "under 0.1" : grouped(value, 1);
  else if (value > 99.5 && value < 100) text = value > 99.9 ? "over 99.9" : grouped(value, 1);
  return `${text}${NBSP}%`;
}

function partsOf(iso: string): [number, number, number] | null {
  const hit = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!hit) return null;
  const month = Number(hit[2]);
  return month >= 1 && month <= 12 ? [Number(hit[1]), month, Number(hit[3])] : null;
}

/** `14 Nov 2022`; what is no date stands as it is. */
export function day(iso: string | null | undefined): string {
  if (!iso) return NOT_STATED;
  const parts = partsOf(iso);
  return parts ? `${parts[2]}${NBSP}${MONTHS[parts[1] - 1]}${NBSP}${parts[0]}` : iso;
}

/** `17–24 Feb 2023`, `3 Jan–24 Feb 2023`, `3 Dec 2022–24 Feb 2023`; with one end only `from …` or `until …`. */
export function days(low: string | null | undefined, high: string | null | undefined): string {
  if (!low && !high) return NOT_STATED;
  if (!low) return `until ${day(high)}`;
  if (!high) return `from ${day(low)}`;
  const from = partsOf(low);
  const to = partsOf(high);
  if (low === high || !from || !to) return low === high ? day(low) : `${low}–${high}`;
  if (from[0] === to[0] && from[1] === to[1]) return `${from[2]}–${day(high)}`;
  if (from[0] === to[0]) return `${from[2]}${NBSP}${MONTHS[from[1] - 1]}–${day(high)}`;
  return `${day(low)}–${day(high)}`;
}

/** `Nov 2022` from `2022-11`. */
export function month(text: string | null | undefined): string {
  const parts = text ? partsOf(`${text.slice(0, 7)}-01`) : null;
  return parts ? `${MONTHS[parts[1] - 1]}${NBSP}${parts[0]}` : (text ?? NOT_STATED);
}

/** A date of a record as fine as it was declared: `2022-11-14`, `2022-11`, `2022`. */
export function isoDay(iso: string | null | undefined, precision?: string | null): string {
  if (!iso) return NOT_STATED;
  return precision === "month" ? iso.slice(0, 7) : precision === "year" ? iso.slice(0, 4) : iso.slice(0, 10);
}

/** `8806.23` or `8806.23.00` from the digits of a code. */
export function hsCode(digits: string | null | undefined): string {
  if (!digits) return NOT_STATED;
  const rest = digits.slice(4).match(/\d{1,2}/g) ?? [];
  return [digits.slice(0, 4), ...rest].join(".");
}

/** The word for a code of a unit: `pcs` for C62. */
export function unitWord(unit: string | null | undefined): string {
  return unit ? (UNITS[unit] ?? unit) : "";
}

/** The end of an axis that starts at 0: the next of 1, 1.5, 2, 3, 4, 5, 6, 8, 10 times a power of ten. */
export function roundEnd(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** magnitude(value);
  for (const step of [1, 1.5, 2, 3, 4, 5, 6, 8, 10]) if (step * power >= value * (1 - 1e-12)) return step * power;
  return 10 * power;
}

export function plural(count: number, word: string, more = `${word}s`): string {
  return `${grouped(count)}${NBSP}${count === 1 ? word : more}`;
}

/** A value of a figure in words: a number with its unit and range, or a date. */
export function figureText(value: unknown, unit: string, low?: unknown, high?: unknown): string {
  if (value === null || value === undefined || value === "") return NOT_STATED;
  const number = numeric(value);
  if (unit === "date" || number === null) {
    const range = low && high && low !== high ? ` (${days(String(low), String(high))})` : "";
    return `${day(String(value))}${range}`;
  }
  return full(number, unit, { low: numeric(low), high: numeric(high) });
}
