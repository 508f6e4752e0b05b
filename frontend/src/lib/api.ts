/** The typed client of the server. Every answer is read-only data; every fault says what, where and what to do. */

import { serialize, type Selection } from "./selection";
import type * as T from "./types";

/** Something the server refused or could not do, in the program's own words. */
export class Fault extends Error {
  constructor(
    readonly what: string,
    readonly where: string,
    readonly fix: string,
    readonly status: number,
  ) {
    super(what);
    this.name = "Fault";
  }
}

type Value = string | number | boolean | null | undefined;
type More = Record<string, Value | readonly string[]>;

function query(selection: Selection | null, more: More = {}): string {
  const params = new URLSearchParams(selection ? serialize(selection) : "");
  for (const [key, value] of Object.entries(more)) {
    if (Array.isArray(value)) for (const one of value) params.append(key, one);
    else if (value !== null && value !== undefined && value !== "") params.append(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

async function faultOf(answer: Response): Promise<Fault> {
  let said: { what?: unknown; where?: unknown; fix?: unknown } = {};
  try {
    said = ((await answer.json()) as { error?: typeof said }).error ?? {};
  } catch {
    // No JSON: the status alone has to say it.
  }
  const word = (value: unknown): string => (typeof value === "string" ? value : "");
  return new Fault(
    word(said.what) || `The server answered ${answer.status}`,
    word(said.where),
    word(said.fix) ||
      (answer.status === 401 || answer.status === 403 ? "Open the address that `enduse serve` printed." : "Reload the page."),
    answer.status,
  );
}

async function ask<A>(path: string, signal?: AbortSignal | null, init: RequestInit = {}): Promise<A> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      ...init,
      signal: signal ?? null,
      credentials: "same-origin",
      headers: { Accept: "application/json", ...init.headers },
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Fault(
      "The server does not answer",
      location.host,
      "See whether `enduse serve` still runs, then ask again.",
      0,
    );
  }
  if (!answer.ok) throw await faultOf(answer);
  return (await answer.json()) as A;
}

function post<A>(path: string, body: unknown): Promise<A> {
  return ask<A>(path, null, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

const id = encodeURIComponent;
type Signal = AbortSignal | null | undefined;

export const api = {
  case: (signal?: Signal) => ask<T.CaseInfo>("/api/case", signal),
  selection: (s: Selection, signal?: Signal) => ask<T.SelectionSummary>(`/api/selection${query(s)}`, signal),
  facets: (s: Selection, more: { facet?: readonly string[]; limit?: number } = {}, signal?: Signal) =>
    ask<T.Facets>(`/api/facets${query(s, more)}`, signal),
  shipments: (
    s: Selection,
    more: { sort?: string; dir?: string; offset?: number; limit?: number } = {},
    signal?: Signal,
  ) => ask<T.ShipmentPage>(`/api/shipments${query(s, more)}`, signal),
  shipment: (shipmentId: string, signal?: Signal) => ask<T.Evidence>(`/api/shipments/${id(shipmentId)}`, signal),
  sourceLines: (shipmentId: string, more: { before: number; after: number }, signal?: Signal) =>
    ask<T.FileLines>(`/api/shipments/${id(shipmentId)}/source${query(null, more)}`, signal),
  parties: (
    s: Selection,
    more: { sort?: string; dir?: string; offset?: number; limit?: number; find?: string } = {},
    signal?: Signal,
  ) => ask<T.PartyPage>(`/api/parties${query(s, more)}`, signal),
  party: (partyId: string, signal?: Signal) => ask<T.PartyDetail>(`/api/parties/${id(partyId)}`, signal),
  review: (limit: number, signal?: Signal) => ask<T.Review>(`/api/review${query(null, { limit })}`, signal),
  why: (left: string, right: string, signal?: Signal) =>
    ask<T.Why>(`/api/review/why${query(null, { left, right })}`, signal),
  judge: (left: string, right: string, judgement: T.Judgement) =>
    post<T.Judged>("/api/judgements", { left, right, judgement }),
  chains: (s: Selection, more: More = {}, signal?: Signal) => ask<T.Chains>(`/api/chains${query(s, more)}`, signal),
  chain: (chainId: string, signal?: Signal) => ask<T.ChainDetail>(`/api/chains/${id(chainId)}`, signal),
  routes: (signal?: Signal) => ask<T.Routes>("/api/routes", signal),
  claims: (more: { offset?: number; limit?: number } = {}, signal?: Signal) =>
    ask<T.Claims>(`/api/claims${query(null, more)}`, signal),
  document: (source: string, signal?: Signal) => ask<T.DocumentText>(`/api/documents/${id(source)}`, signal),
  figures: (signal?: Signal) => ask<T.Figures>("/api/figures", signal),
  network: (s: Selection, more: { limit?: number } = {}, signal?: Signal) =>
    ask<T.Network>(`/api/network${query(s, more)}`, signal),
  map: (s: Selection, signal?: Signal) => ask<T.FlowMap>(`/api/map${query(s)}`, signal),
  timeline: (s: Selection, more: { lanes?: number } = {}, signal?: Signal) =>
    ask<T.Timeline>(`/api/timeline${query(s, more)}`, signal),
  run: (signal?: Signal) => ask<T.RunState>("/api/run", signal),
  reopen: () => post<T.RunState>("/api/reopen", {}),
  startRun: (until?: string) => post<T.RunState>("/api/run", until ? { until } : {}),
};

export type Api = typeof api;

/** Where the browser fetches a file with all rows of a view. */
export function exportAddress(view: string, format: "csv" | "xlsx", s: Selection): string {
  return `/api/export${query(null, { view, format })}${query(s).replace("?", "&")}`;
}
