/** Rows of a long list, read page by page as they come into sight. */

import { Fault } from "./api";

const SIZE = 200;
/** Pages kept; the farthest are dropped first. */
const KEPT = 40;

export interface PageOf<R> {
  total: number;
  rows: R[];
}

export class Pages<R> {
  total = $state<number | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** Grows with each page that comes in, so that readers look again. */
  version = $state(0);
  #pages = new Map<number, R[]>();
  #running = new Map<number, AbortController>();
  #question: (offset: number, limit: number, signal: AbortSignal) => Promise<PageOf<R>>;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(question: (offset: number, limit: number, signal: AbortSignal) => Promise<PageOf<R>>) {
    this.#question = question;
    this.#ask(0);
  }

  row(index: number): R | undefined {
    return this.#pages.get(Math.floor(index / SIZE))?.[index % SIZE];
  }

  /** Says which rows are in sight; what is missing is asked for once the reader rests for a moment. */
  need(first: number, count: number): void {
    const from = Math.floor(first / SIZE);
    const to = Math.floor((first + Math.max(0, count - 1)) / SIZE);
    if (this.#timer) clearTimeout(this.#timer);
    const fetch = (): void => {
      for (const [page, running] of this.#running) {
        if (page < from - 1 || page > to + 1) {
          running.abort();
          this.#running.delete(page);
        }
      }
      for (let page = from; page <= to; page += 1) this.#ask(page);
      const half = (first % SIZE) / SIZE;
      if (half > 0.5) this.#ask(to + 1);
      else if (from > 0 && half < 0.2) this.#ask(from - 1);
    };
    if (this.#pages.has(from) && this.#pages.has(to)) fetch();
    else this.#timer = setTimeout(fetch, 60);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const running of this.#running.values()) running.abort();
    this.#running.clear();
  }

  #ask(page: number): void {
    const beyond = this.total !== null && page * SIZE >= this.total;
    if (page < 0 || (beyond && page > 0) || this.#pages.has(page) || this.#running.has(page)) return;
    const running = new AbortController();
    this.#running.set(page, running);
    this.#question(page * SIZE, SIZE, running.signal).then(
      (answer) => {
        if (running.signal.aborted) return;
        this.#running.delete(page);
        this.#pages.set(page, answer.rows);
        this.#drop(page);
        this.total = answer.total;
        this.fault = null;
        this.version += 1;
      },
      (cause: unknown) => {
        if (running.signal.aborted) return;
        this.#running.delete(page);
        this.fault =
          cause instanceof Fault
            ? cause
            : new Fault("The page could not read the answer", String(cause), "Reload the page.", 0);
      },
    );
  }

  #drop(near: number): void {
    if (this.#pages.size <= KEPT) return;
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const page of far.slice(0, this.#pages.size - KEPT)) this.#pages.delete(page);
  }
}
