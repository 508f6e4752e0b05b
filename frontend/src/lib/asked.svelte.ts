/** One question to the server at a time: the newest wins, the old answer stays on show until the new one is there. */

import { Fault } from "./api";

export class Asked<A> {
  value = $state.raw<A | null>(null);
  fault = $state.raw<Fault | null>(null);
  busy = $state(false);
  #running: AbortController | null = null;

  /** Asks; returns what stops it, so that an effect can hand it back. */
  ask(question: (signal: AbortSignal) => Promise<A>): () => void {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.busy = true;
    question(running.signal).then(
      (value) => {
        if (running.signal.aborted) return;
        this.value = value;
        this.fault = null;
        this.busy = false;
      },
      (cause: unknown) => {
        if (running.signal.aborted) return;
        this.fault =
          cause instanceof Fault
            ? cause
            : new Fault("The page could not read the answer", String(cause), "Reload the page.", 0);
        this.busy = false;
      },
    );
    return () => running.abort();
  }

  clear(): void {
    this.#running?.abort();
    this.value = null;
    this.fault = null;
    this.busy = false;
  }
}
