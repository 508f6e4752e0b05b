/** The selection: which rows all views show. It is the query string of the page, so a link carries it. */

/** Keys of the selection in the order in which they stand in the URL and as chips. */
export const KEYS = [
  "q", "figure", "chain", "claim", "goods", "since", "until", "seller_country", "buyer_country", "origin", "departure",
  "destination", "direction", "source", "evidence", "marked", "hs", "seller", "buyer", "party", "brand", "model",
] as const; // prettier-ignore

export type Key = (typeof KEYS)[number];
/** Values of one key are joined by OR, keys by AND. Frozen: a change makes a new one. */
export type Selection = Readonly<Partial<Record<Key, readonly string[]>>>;
/** `[]`, null or undefined removes a key. */
export type Patch = Partial<Record<Key, readonly string[] | null | undefined>>;
/** What a view keeps in the URL beside the selection: the opened row, the order. */
export type Local = Readonly<Partial<Record<string, string>>>;

const SINGLE: ReadonlySet<string> = new Set(["q", "since", "until"]);
const KNOWN: ReadonlySet<string> = new Set(KEYS);
const LONGEST = 400;
const MOST = 200;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const LABELS: Record<Key, string> = {
  q: "Words",
  figure: "Figure",
  chain: "Chain",
  claim: "Claim",
  goods: "Goods",
  since: "From",
  until: "Until",
  seller_country: "Seller country",
  buyer_country: "Buyer country",
  origin: "Origin",
  departure: "Shipped from",
  destination: "Destination",
  direction: "Direction",
  source: "Source",
  evidence: "Evidence",
  marked: "Marked",
  hs: "HS",
  seller: "Seller",
  buyer: "Buyer",
  party: "Firm",
  brand: "Brand",
  model: "Model",
};

export const EMPTY: Selection = Object.freeze({});

function kept(key: Key, values: readonly string[]): string[] {
  const out: string[] = [];
  for (const raw of values) {
    const value = raw.trim().slice(0, LONGEST);
    if (!value || out.includes(value)) continue;
    if ((key === "since" || key === "until") && !isDay(value)) continue;
    if (key === "hs" && !/^\d{1,12}$/.test(value.replaceAll(".", ""))) continue;
    out.push(key === "hs" ? value.replaceAll(".", "") : value);
    if (out.length >= (SINGLE.has(key) ? 1 : MOST)) break;
  }
  return out;
}

/** An ISO day that exists. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === text;
}

/** Selection and local keys of a query string. What no key or value of ours is, is left out. */
export function parse(search: string): { selection: Selection; local: Local } {
  const params = new URLSearchParams(search);
  const selection: Partial<Record<Key, readonly string[]>> = {};
  for (const key of KEYS) {
    const values = kept(key, params.getAll(key));
    if (values.length) selection[key] = values;
  }
  const local: Record<string, string> = {};
  for (const [key, value] of params) {
    if (!KNOWN.has(key) && key !== "token" && /^[a-z_]{1,20}$/.test(key)) local[key] = value.slice(0, LONGEST);
  }
  return { selection: Object.freeze(selection), local: Object.freeze(local) };
}

/** The query string, without `?`; equal selections give equal strings. */
export function serialize(selection: Selection, local: Local = {}): string {
  const params = new URLSearchParams();
  for (const key of KEYS) for (const value of selection[key] ?? []) params.append(key, value);
  for (const key of Object.keys(local).sort()) {
    const value = local[key];
    if (value) params.append(key, value);
  }
  return params.toString();
}

/** The selection with some keys replaced. */
export function patched(selection: Selection, patch: Patch): Selection {
  const out: Partial<Record<Key, readonly string[]>> = {};
  for (const key of KEYS) {
    const values = key in patch ? kept(key, patch[key] ?? []) : selection[key];
    if (values?.length) out[key] = values;
  }
  return Object.freeze(out);
}

/** One value of a key put in or taken out. */
export function toggled(selection: Selection, key: Key, value: string): Selection {
  const now = selection[key] ?? [];
  return patched(selection, { [key]: now.includes(value) ? now.filter((v) => v !== value) : [...now, value] });
}

export function isEmpty(selection: Selection): boolean {
  return KEYS.every((key) => !selection[key]?.length);
}

export function isSingle(key: Key): boolean {
  return SINGLE.has(key);
}
