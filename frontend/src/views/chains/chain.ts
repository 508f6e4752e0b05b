// What a chain's card says, out of the server's answer: which hop is the weakest, who stands where, what the decoys expect.
import { percent, plain, score } from "../../charts/words";
import { unitWord } from "../../lib/format";
import type { ChainLink, ChainNode } from "../../charts/hops";
import type { ChainDetail, ChainHop, ChainSide } from "../../lib/types";

/** Reasons come as a list or as words between semicolons. */
export function reasonsOf(said: unknown): string[] {
  if (Array.isArray(said)) return said.map(String).filter(Boolean);
  return typeof said === "string" ? said.split(";").map((s) => s.trim()).filter(Boolean) : [];
}

/** Reasons of links, those that speak for them first. */
export function forAndAgainst(reasons: string[]): string {
  const said = (start: string): string[] => reasons.filter((r) => r.startsWith(start)).map((r) => r.slice(start.length).trim());
  const rest = reasons.filter((r) => !r.startsWith("for:") && !r.startsWith("against:"));
  const parts = [...rest, ...(said("for:").length ? [`for it: ${said("for:").join("; ")}`] : []), ...(said("against:").length ? [`against it: ${said("against:").join("; ")}`] : [])];
  const text = parts.join(". ").replace(/\. ([a-z])/g, (_, c: string) => `. ${c.toUpperCase()}`);
  return text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : "";
}

/** Position of the hop with the lowest share, or null where none has one. */
export function weakestOf(hops: ChainHop[]): number | null {
  const shared = hops.filter((h) => h.strength !== null);
  if (!shared.length) return null;
  return shared.reduce((least, h) => ((h.strength ?? 1) < (least.strength ?? 1) ? h : least)).position;
}

const PLAIN = /^[\p{Script=Latin}\p{N}\p{P}\p{Z}]*$/u;

/** The first spelling that is in another script than the shown name: the firm's name as it writes it itself. */
export function ownName(side: ChainSide): string | null {
  return side.names.find((n) => n !== side.name && !PLAIN.test(n)) ?? side.names.find((n) => n !== side.name) ?? null;
}

export function sides(hops: ChainHop[]): ChainSide[] {
  const first = hops[0];
  return first ? [first.from, ...hops.map((h) => h.to)] : [];
}

export function nodesOf(hops: ChainHop[]): ChainNode[] {
  const all = sides(hops);
  return all.map((side, k) => ({
    name: side.name,
    own: ownName(side),
    country: side.country,
    role: k === 0 ? "first seller" : k === all.length - 1 ? "consignee" : "trader",
  }));
}

export function linksOf(hops: ChainHop[]): ChainLink[] {
  const weak = weakestOf(hops);
  return hops.map((h) => ({
    amount: h.quantity === null ? "pieces n/s" : `${plain(h.quantity)}\u00a0${unitWord(h.unit) || "pcs"}`,
    kg: h.net_kg === null ? "kg n/s" : `${plain(h.net_kg)}\u00a0kg`,
    how: h.strength === null ? "first on record" : `${h.lag_days === null ? "lag n/s" : `${h.lag_days}\u00a0d`} · link ${score(h.strength)}`,
    share: h.share === null ? "" : `share ${percent(h.share)}`,
    weakest: weak !== null && h.position === weak,
  }));
}

export interface Rival {
  shipment_id: string;
  words: string;
}

/** Other ways on at the weakest link, best first. */
export function rivalsOf(said: unknown): Rival[] {
  if (!Array.isArray(said)) return [];
  return said.flatMap((one) => {
    if (typeof one !== "object" || one === null) return [];
    const r = one as Record<string, unknown>;
    const text = (key: string): string => (typeof r[key] === "string" ? (r[key] as string) : "");
    const amount = typeof r["quantity"] === "number" ? `${plain(r["quantity"])} pcs, ` : "";
    const where = text("country") ? ` ${text("country")}` : "";
    const strength = typeof r["continuity"] === "number" ? score(r["continuity"]) : "n/s";
    return [{ shipment_id: text("shipment_id"), words: `${amount}to ${text("name") || "n/s"}${where}, ${text("date") || "date n/s"}, ${strength}` }];
  });
}

interface Quality {
  measure: string;
  threshold: number;
  decoy: string;
  links: number;
  false_share: number;
  note: string | null;
}

/** The decoys' word on links as strong as this: the highest threshold at or below the value. */
export function expected(quality: unknown, value: number): { threshold: number; decoys: { decoy: string; share: number; links: number }[]; note: string | null } | null {
  const all = (Array.isArray(quality) ? (quality as Quality[]) : []).filter((q) => typeof q.threshold === "number" && q.threshold <= value);
  if (!all.length) return null;
  const threshold = Math.max(...all.map((q) => q.threshold));
  const at = all.filter((q) => q.threshold === threshold);
  return { threshold, decoys: at.map((q) => ({ decoy: q.decoy, share: q.false_share, links: q.links })), note: at.find((q) => q.note)?.note ?? null };
}

export function expectedWords(quality: unknown, value: number): string {
  const found = expected(quality, value);
  if (!found) return "No decoy was run on links of this strength, so nothing is known of how many of them are false.";
  const shares = found.decoys.map((d) => `${percent(d.share)} (${d.decoy.startsWith("none") ? "as continuity itself states" : `decoys by ${d.decoy}`})`);
  return `Expected share of false links at ${score(found.threshold)} or above: ${shares.join(", ")}.`;
}

export function daysOf(detail: ChainDetail): number | null {
  const dates = detail.hops.map((h) => Date.parse(h.date ?? "")).filter((t) => !Number.isNaN(t));
  return dates.length > 1 ? Math.round((Math.max(...dates) - Math.min(...dates)) / 86_400_000) : null;
}

export function titleOf(detail: ChainDetail): string {
  const nodes = nodesOf(detail.hops);
  const [first, last] = [nodes[0], nodes.at(-1)];
  const days = daysOf(detail);
  const amount = typeof detail.chain["quantity"] === "number" ? `${plain(detail.chain["quantity"])} ` : "";
  const goods = typeof detail.chain["goods"] === "string" && detail.chain["goods"] ? detail.chain["goods"] : "goods";
  return `${amount}${goods}, ${first?.name ?? "n/s"} to ${last?.name ?? "n/s"}${days === null ? "" : days === 0 ? " on one day" : days === 1 ? " in a day" : ` in ${days} days`}`;
}
