/** The state that all views share: where the reader is, what is selected, which case is served. The URL is its home. */

import { api } from "./api";
import { Asked } from "./asked.svelte";
import type { Picture } from "./picture";
import { href, viewOf, type View } from "./router";
import { parse, patched, type Local, type Patch, type Selection } from "./selection";
import type { CaseInfo, SelectionSummary } from "./types";

class App {
  view = $state<View>("overview");
  selection = $state.raw<Selection>({});
  local = $state.raw<Local>({});
  info = new Asked<CaseInfo>();
  summary = new Asked<SelectionSummary>();
  picture = $state.raw<Picture | null>(null);
  /** What the view says in the status line, such as `Rows 1–25 of 214`. */
  status = $state("");
  /** Said aloud to screen readers when it changes. */
  said = $state("");
  /** The rows of a long list are being printed: the page itself is not. */
  printing = $state(false);
  /** Grows with each run and judgement: what depends on the case's tables asks again. */
  edition = $state(0);

  constructor() {
    this.#read();
  }

  #read(): void {
    const { selection, local } = parse(location.search);
    this.view = viewOf(location.pathname);
    this.selection = selection;
    this.local = local;
  }

  start(): () => void {
    const back = (): void => this.#read();
    addEventListener("popstate", back);
    this.reload();
    return () => removeEventListener("popstate", back);
  }

  /** Reads the case again, after a run or a judgement. */
  reload(): void {
    this.info.ask((signal) => api.case(signal));
    this.edition += 1;
  }

  #show(view: View, selection: Selection, local: Local, how: "push" | "replace"): void {
    const to = href(view, selection, local);
    if (to !== location.pathname + location.search) {
      if (how === "push") history.pushState(null, "", to);
      else history.replaceState(null, "", to);
    }
    if (view !== this.view) {
      this.status = "";
      this.picture = null;
    }
    this.view = view;
    this.selection = selection;
    this.local = local;
  }

  go = (view: View, to: { selection?: Selection; local?: Local } = {}): void => {
    this.#show(view, to.selection ?? this.selection, to.local ?? {}, "push");
  };

  /** Follows an address of ours, such as that of a link. */
  follow(url: URL): void {
    const { selection, local } = parse(url.search);
    this.#show(viewOf(url.pathname), selection, local, "push");
  }

  select = (patch: Patch): void => {
    // A drawer on a row that may no longer be selected would mislead: it closes with the change.
    const { row: _row, ...rest } = this.local;
    this.#show(this.view, patched(this.selection, patch), rest, "push");
  };

  keep = (patch: Record<string, string | null | undefined>): void => {
    this.#show(this.view, this.selection, this.#localWith(patch), "replace");
  };

  /** The row in the drawer. Opening one is a step in the history, walking from one to the next is not. */
  open = (shipmentId: string | null): void => {
    const how = shipmentId && !this.local["row"] ? "push" : "replace";
    this.#show(this.view, this.selection, this.#localWith({ row: shipmentId }), how);
  };

  #localWith(patch: Record<string, string | null | undefined>): Local {
    const local: Record<string, string> = {};
    for (const [key, value] of Object.entries({ ...this.local, ...patch })) if (value) local[key] = value;
    return local;
  }
}

export const app = new App();
