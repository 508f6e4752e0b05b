/** A run of the case that this server does: its progress, and the figures before it, to show what changed. */

import { api, Fault } from "./api";
import { app } from "./app.svelte";
import type { Figure, RunState } from "./types";

const KEPT = "enduse-before";
const EVERY = 1000;
/** Between two looks at whether another program has run the case; also whenever the reader comes back to the page. */
const LOOK = 20_000;

export interface Before {
  run_id: string | null;
  figures: Figure[];
}

class Running {
  state = $state.raw<RunState | null>(null);
  fault = $state.raw<Fault | null>(null);
  before = $state.raw<Before | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;

  get busy(): boolean {
    return this.state?.state === "running";
  }

  /** Asks once; goes on asking as long as a run goes on. */
  watch = async (): Promise<void> => {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const was = this.state?.state;
    try {
      this.state = await api.run();
      if (was === "running" && this.state.state !== "running") app.reload();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      // While the server reopens the case it may refuse one question; the next one tells.
      if (!this.busy) return;
    }
    if (this.busy) this.#timer = setTimeout(() => void this.watch(), EVERY);
  };

  /** Looks now and then whether another program has run the case, while the page is in sight. */
  lookOut(): () => void {
    const look = (): void => {
      if (document.visibilityState === "visible" && !this.busy) void this.watch();
    };
    const timer = setInterval(look, LOOK);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }

  /** Opens the results another program has made; the old figures are kept to say what changed. */
  showNewer = (): Promise<void> => this.#begin(api.reopen);

  start = (): Promise<void> => this.#begin(api.startRun);

  #begin = async (how: () => Promise<RunState>): Promise<void> => {
    this.fault = null;
    try {
      const { figures } = await api.figures();
      this.#keep({ run_id: app.info.value?.run_id ?? null, figures });
    } catch {
      // A case without results has nothing to compare with.
      this.#keep(null);
    }
    try {
      this.state = await how();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      this.fault = cause;
    }
    await this.watch();
  };

  #keep(before: Before | null): void {
    this.before = before;
    try {
      if (before) sessionStorage.setItem(KEPT, JSON.stringify(before));
      else sessionStorage.removeItem(KEPT);
    } catch {
      // Storage is full or shut: the comparison then lasts until the page is reloaded.
    }
  }

  restore(): void {
    try {
      const text = sessionStorage.getItem(KEPT);
      this.before = text ? (JSON.parse(text) as Before) : null;
    } catch {
      this.before = null;
    }
  }
}

export const running = new Running();

const WORDS: Readonly<Record<string, string>> = {
  intake: "Reading the files", goods: "Reading goods", parties: "Merging firms", routes: "Linking chains", chains: "Linking chains",
  press: "Reading the press", findings: "Counting figures", dossier: "Writing the dossier", index: "Indexing the rows",
}; // prettier-ignore

/** `Linking chains, step 4 of 6`. */
export function runWords(state: RunState): string {
  const what = state.stage ? (WORDS[state.stage] ?? state.stage) : "Running";
  return state.number && state.of ? `${what}, step ${state.number} of ${state.of}` : what;
}

/** What a stage does, in words. */
export function stageWords(stage: string): string {
  return WORDS[stage] ?? stage;
}
