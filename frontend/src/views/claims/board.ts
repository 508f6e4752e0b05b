// The claims board: who said it first, who repeated it, what changed on the way, what the records say.
import type { ClaimCluster, ClaimRow, Row } from "../../lib/types";

export interface Verdict {
  figure_id: string | null;
  verdict: string;
  reason: string;
  scope?: string;
  claimed_low?: number | null;
  claimed_high?: number | null;
  recorded_low?: number | null;
  recorded_high?: number | null;
  unit?: string | null;
  would_refute?: string | null;
}

export interface Leaf {
  claim: ClaimRow;
  /** What changed against an earlier claim of the same deal. */
  drift: string[];
}

export interface Tree {
  root: string;
  leaves: Leaf[];
  outlets: number;
}

function ids(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? value.split(";").map((s) => s.trim()).filter(Boolean) : [];
}

export function quoteOf(claim: ClaimRow): string {
  return claim.text ?? claim.quote ?? "";
}

/** The claims of a deal under their roots, oldest first, with the drift that ends in each. */
export function trees(cluster: ClaimCluster): Tree[] {
  const ordered = [...cluster.claims].sort((a, b) => (a.date ?? "").localeCompare(b.date ?? "") || (a.document ?? "").localeCompare(b.document ?? "") || (a.start ?? 0) - (b.start ?? 0));
  const place = new Map(ordered.map((c, k) => [c.claim_id, k]));
  const changed = new Map<string, string[]>();
  for (const row of cluster.drift) {
    const said = typeof row["why"] === "string" && row["why"] ? row["why"] : String(row["type"] ?? "changed");
    const both = [...ids(row["left"]), ...ids(row["right"])].filter((id) => place.has(id)).sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
    // It stands at the first claim that comes after another one: there the words are new.
    const at = both[1] ?? both[0];
    if (at) changed.set(at, [...new Set([...(changed.get(at) ?? []), said])]);
  }
  const byRoot = new Map<string, Tree>();
  for (const claim of ordered) {
    const key = String(claim["root_key"] ?? claim.root ?? "");
    const tree = byRoot.get(key) ?? { root: claim.root ?? "not stated", leaves: [], outlets: 0 };
    tree.leaves.push({ claim, drift: changed.get(claim.claim_id) ?? [] });
    byRoot.set(key, tree);
  }
  for (const tree of byRoot.values()) tree.outlets = new Set(tree.leaves.map((l) => l.claim.outlet ?? l.claim.document)).size;
  return [...byRoot.values()];
}

export function verdictsOf(claim: ClaimRow, cluster: ClaimCluster): Verdict[] {
  const own = claim["verdicts"];
  if (Array.isArray(own)) return own as Verdict[];
  return cluster.verdict ? [cluster.verdict as unknown as Verdict] : [];
}

export function denied(claim: ClaimRow): boolean {
  return claim["denial"] === true || claim["polarity"] === "denied" || claim.stance === "denied";
}

/** Places of the figures in the quoted sentence. */
export function spansOf(claim: ClaimRow): [number, number][] {
  const spans = claim["spans"];
  return Array.isArray(spans) ? spans.filter((s): s is [number, number] => Array.isArray(s) && typeof s[0] === "number" && typeof s[1] === "number") : [];
}

/** An outlet's own words for the figure: the marked ones, else the beginning of the sentence. */
export function ownWords(claim: ClaimRow): string {
  const points = Array.from(quoteOf(claim));
  const marked = spansOf(claim).map(([a, b]) => points.slice(a, b).join(""));
  if (marked.length) return marked.join(" … ");
  return points.length > 90 ? `${points.slice(0, 88).join("").trimEnd()}…` : points.join("");
}

export function contradictions(rows: Row[]): string[] {
  return rows.map((r) => (typeof r["why"] === "string" && r["why"] ? r["why"] : String(r["type"] ?? "two roots that cannot both be right")));
}

export const INDEPENDENCE: Record<string, string> = {
  same: "one root",
  different: "independent roots",
  unknown: "independence of the roots unknown",
};

/** The deal in words; `?` stands for an end that no claim names. */
export function labelOf(cluster: ClaimCluster): string {
  return (cluster.label || "goods not stated").replace(/^\? to /, "Supplier not stated, to ").replace(/ to \?(?=:|$)/, ", recipient not stated");
}
