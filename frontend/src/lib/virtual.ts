/** Rows of a table far longer than a browser lets a page be: which of them are in sight, from where the scroll bar stands. */

/** Height of a row, px. */
export const ROW = 28;
/** Browsers stop near 17 or 33 million px; far below that a scroll bar is as fine as anybody can hold it. */
export const TALLEST = 8_000_000;

/** Height that the scrolled area is given. */
export function areaHeight(rows: number): number {
  return Math.min(rows * ROW, TALLEST);
}

/** Largest offset into the rows, px. */
export function lastTop(rows: number, view: number): number {
  return Math.max(0, rows * ROW - view);
}

/** px of rows for one px of the scroll bar: 1 where the area is not capped. */
export function ratio(rows: number, view: number): number {
  const span = areaHeight(rows) - view;
  return span > 0 ? Math.max(1, lastTop(rows, view) / span) : 1;
}

/**
 * Offset into the rows after the scroll bar moved from `before` to `now`.
 *
 * A short move (wheel, finger, arrow) moves the rows by as many px, so that they can be read one after the other; a long one
 * (dragged bar, Home, End) goes to the same share of the rows.
 */
export function moved(rows: number, view: number, top: number, before: number, now: number): number {
  const last = lastTop(rows, view);
  const by = ratio(rows, view);
  if (by === 1) return Math.min(last, Math.max(0, now));
  if (now <= 0) return 0;
  if (now >= areaHeight(rows) - view - 1) return last;
  const step = now - before;
  return Math.min(last, Math.max(0, Math.abs(step) <= view ? top + step : now * by));
}

/** Where the scroll bar belongs for an offset into the rows. */
export function barFor(rows: number, view: number, top: number): number {
  return top / ratio(rows, view);
}

/** Offset that brings a row into sight with the least movement. */
export function topFor(index: number, rows: number, view: number, top: number): number {
  const at = index * ROW;
  if (at < top) return at;
  if (at + ROW > top + view) return Math.min(lastTop(rows, view), at + ROW - view);
  return top;
}

/** First row in sight and how many are needed to fill the view. */
export function inSight(rows: number, view: number, top: number): { first: number; count: number } {
  const first = Math.max(0, Math.min(rows - 1, Math.floor(top / ROW)));
  return { first, count: Math.max(0, Math.min(rows - first, Math.ceil(view / ROW) + 1)) };
}
