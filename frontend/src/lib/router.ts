/** Addresses of the app: one path a view, the selection and the view's own keys in the query. */

import { serialize, type Local, type Selection } from "./selection";

export const VIEWS = ["overview", "shipments", "network", "map", "timeline", "parties", "review", "chains", "routes", "claims", "run"] as const; // prettier-ignore
export type View = (typeof VIEWS)[number];

/** Views that are pictures of the same selected rows: the tabs of the selection bar. */
export const TABS: readonly View[] = ["shipments", "network", "map", "timeline"];

export const TITLES: Record<View, string> = {
  overview: "Overview",
  shipments: "Shipments",
  network: "Network",
  map: "Map",
  timeline: "Timeline",
  parties: "Parties",
  review: "Review",
  chains: "Chains",
  routes: "Routes",
  claims: "Claims",
  run: "Run",
};

/** The view of a path; an unknown path is the overview. */
export function viewOf(path: string): View {
  const name = path.replace(/^\/+|\/+$/g, "");
  return (VIEWS as readonly string[]).includes(name) ? (name as View) : "overview";
}

export function href(view: View, selection: Selection = {}, local: Local = {}): string {
  const query = serialize(selection, local);
  return `${view === "overview" ? "/" : `/${view}`}${query ? `?${query}` : ""}`;
}
