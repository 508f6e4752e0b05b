// Numbers in charts, on top of the one way numbers are written. `null` is never a blank: n/s says that the record does not state it.
import * as format from "../lib/format";

export { day, listedWords as listed, month, NOT_STATED, score };

const { day, month, NOT_STATED } = format;

type Amount = number | null | undefined;

/** A probability or share between 0 and 1: .81. */
function score(value: Amount): string {
  return value === null || value === undefined ? NOT_STATED : format.score(value);
}

export function grouped(value: Amount, digits = 0): string {
  return value === null || value === undefined ? NOT_STATED : format.grouped(value, digits);
}

/** A quantity without needless decimals: 418, 12.6, 0.38. */
export function plain(value: Amount): string {
  if (value === null || value === undefined) return NOT_STATED;
  const size = Math.abs(value);
  return format.cell(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/** 12.1 m, 380 k, 940: a value in dollars on a line that has no room for the unit. */
export function brief(value: Amount): string {
  if (value === null || value === undefined) return NOT_STATED;
  return format.brief(value, "USD").replace(/\u00a0?USD$/, "");
}

export function dollars(value: Amount): string {
  return value === null || value === undefined ? NOT_STATED : format.brief(value, "USD");
}

export function percent(value: Amount): string {
  return value === null || value === undefined ? NOT_STATED : format.share(value, 1);
}

/** 1 row, 2 rows. */
export function count(value: number, one: string, many?: string): string {
  return format.plural(value, one, many);
}

function listedWords(items: readonly string[], most = 4): string {
  if (items.length > most) return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}
