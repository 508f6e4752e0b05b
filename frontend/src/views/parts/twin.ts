// The table twin of a chart: the same facts as rows, for readers who do not see the picture and for the file they take along.
import type { Cell } from "../../charts/save";

export interface Column {
  head: string;
  unit?: string;
  num?: boolean;
  /** The text comes from a source: it keeps its own direction and language. */
  source?: boolean;
}

export interface TwinRow {
  /** What a button in the first cell chooses, as a click on the mark in the picture does. */
  key?: string;
  /** For the button, where the first cell alone would not say what it does. */
  label?: string;
  cells: (string | number | null)[];
  /** What the file holds, in full precision, where it differs from what is shown. */
  raw?: Cell[];
}

export function heads(columns: Column[]): string[] {
  return columns.map((c) => (c.unit ? `${c.head} (${c.unit})` : c.head));
}

export function lines(rows: TwinRow[]): Cell[][] {
  return rows.map((r) => r.raw ?? r.cells);
}
