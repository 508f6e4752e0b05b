// The network: stored positions, shape by role, width by value, one chain filled. Elements and looks for the canvas, a scene for export.
import type { ElementDefinition, StylesheetJson } from "cytoscape";
import { fitted, mark, textWidth, words, type Mark, type Palette, type Scene } from "./scene";
import { linear, thickness } from "./scale";
import { visible } from "../lib/text";
import { plain } from "./words";

export type Role = "maker" | "trader" | "hub" | "consignee" | "forwarder";

export interface NetNode {
  id: string;
  label: string;
  country: string | null;
  role: Role;
  rows: number;
  value_usd: number | null;
  x: number;
  y: number;
}

export interface NetEdge {
  from: string;
  to: string;
  rows: number;
  value_usd: number | null;
  pieces: number | null;
  weakest: boolean;
  chain: string | null;
}

export const ROLES: { role: Role; word: string; cytoscape: string }[] = [
  { role: "maker", word: "maker", cytoscape: "rectangle" },
  { role: "trader", word: "trader", cytoscape: "ellipse" },
  { role: "hub", word: "hub, not traceable lot by lot", cytoscape: "hexagon" },
  { role: "consignee", word: "declared consignee", cytoscape: "diamond" },
  { role: "forwarder", word: "forwarder", cytoscape: "triangle" },
];

/** From this many firms on only the largest carry their name until one is chosen: names that cover each other name nobody. */
export const NAMED = 60;

export function edgeKey(edge: { from: string; to: string }): string {
  return `${edge.from}>${edge.to}`;
}

/** Firms that carry their name in the picture: all where few are drawn; else those of the filled chain and the largest, as far as no name covers another. */
export function named(nodes: NetNode[], edges: NetEdge[], chain: string | null, at: Map<string, Spot>): Set<string> {
  if (nodes.length <= NAMED) return new Set(nodes.map((n) => n.id));
  const traced = new Set(chainNodes(edges, chain));
  const order = [...nodes].sort(
    (a, b) => Number(traced.has(b.id)) - Number(traced.has(a.id)) || (b.value_usd ?? 0) - (a.value_usd ?? 0) || b.rows - a.rows || a.id.localeCompare(b.id),
  );
  const out = new Set<string>();
  const right = Math.max(0, ...[...at.values()].map((s) => s.x));
  const taken: { x: number; y: number; half: number }[] = [];
  for (const node of order.slice(0, 300)) {
    const spot = at.get(node.id);
    if (!spot || out.size >= (nodes.length > 400 ? 12 : 30)) continue;
    const half = Math.min(110, textWidth(node.label) / 2 + 14);
    const x = spot.x > right * 0.66 ? spot.x - half : spot.x + half;
    if (taken.some((t) => Math.abs(t.x - x) < t.half + half + 6 && Math.abs(t.y - spot.y) < 22)) continue;
    taken.push({ x, y: spot.y, half });
    out.add(node.id);
  }
  return out;
}

export function chainNodes(edges: NetEdge[], chain: string | null): string[] {
  return chain === null ? [] : edges.filter((e) => e.chain === chain).flatMap((e) => [e.from, e.to]);
}

/** The chain to fill: the chosen one where it is drawn, else the one with the most value among the links. */
export function filledChain(edges: NetEdge[], wanted: string | null): string | null {
  const worth = new Map<string, number>();
  for (const e of edges) if (e.chain) worth.set(e.chain, (worth.get(e.chain) ?? 0) + (e.value_usd ?? 0));
  if (wanted !== null && worth.has(wanted)) return wanted;
  return [...worth].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]?.[0] ?? null;
}

/** Place on the canvas: the stored 1000 by 1000 stretched to the room there is, so that letters keep their size and columns stay columns. */
export function stretched(nodes: NetNode[], width: number, height: number): Map<string, { x: number; y: number }> {
  const side = Math.min(90, width * 0.12);
  const xs = nodes.map((n) => n.x);
  const ys = nodes.map((n) => n.y);
  const x = linear([Math.min(...xs), Math.max(...xs)], [side, Math.max(width - side, side + 1)]);
  const y = linear([Math.min(...ys), Math.max(...ys)], [40, Math.max(height - 40, 41)]);
  return new Map(nodes.map((n) => [n.id, { x: x(n.x), y: y(n.y) }]));
}

/** The firm or link at a point of the picture: a firm within reach comes before a link. */
export function hitAt(nodes: NetNode[], edges: NetEdge[], at: Map<string, Spot>, x: number, y: number): { node: string } | { edge: NetEdge } | null {
  let best = Math.max(9, markSize(nodes.length) / 2 + 4) ** 2;
  let node: string | null = null;
  for (const [id, spot] of at) {
    const far = (spot.x - x) ** 2 + (spot.y - y) ** 2;
    if (far <= best) [best, node] = [far, id];
  }
  if (node !== null) return { node };
  let near = 4 ** 2;
  let edge: NetEdge | null = null;
  for (const e of edges) {
    const [a, b] = [at.get(e.from), at.get(e.to)];
    if (!a || !b) continue;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const share = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / Math.max(dx * dx + dy * dy, 1)));
    const far = (a.x + share * dx - x) ** 2 + (a.y + share * dy - y) ** 2;
    if (far <= near) [near, edge] = [far, e];
  }
  return edge ? { edge } : null;
}

function chainLabel(e: NetEdge): string {
  const amount = e.pieces === null ? "pieces n/s" : plain(e.pieces);
  return e.weakest ? (e.pieces === null ? "weakest link" : `${amount}, weakest link`) : amount;
}

/** Lines grow paler as they grow more, so that the marks stay the picture. */
function paleness(links: number): number {
  return Math.min(0.55, Math.max(0.14, 240 / Math.max(links, 1)));
}

/** Width of a firm's mark in px. */
function markSize(firms: number): number {
  return firms > 1000 ? 6 : firms > 400 ? 7 : firms > 120 ? 9 : firms > NAMED ? 13 : 20;
}

interface Spot {
  x: number;
  y: number;
}

function crosses(a: Spot, b: Spot, box: { x1: number; x2: number; y1: number; y2: number }): boolean {
  for (let k = 1; k < 40; k += 1) {
    const x = a.x + ((b.x - a.x) * k) / 40;
    const y = a.y + ((b.y - a.y) * k) / 40;
    if (x > box.x1 && x < box.x2 && y > box.y1 && y < box.y2) return true;
  }
  return false;
}

/** Firms whose name stands better above their mark: there fewer lines run through it. */
export function above(nodes: NetNode[], edges: NetEdge[], at: Map<string, Spot>, names: Set<string>): Set<string> {
  const out = new Set<string>();
  if (nodes.length > NAMED) return out;
  const ways = edges.flatMap((e) => {
    const [a, b] = [at.get(e.from), at.get(e.to)];
    return a && b ? [{ a, b, weight: e.chain ? 2 : 1 }] : [];
  });
  for (const node of nodes) {
    const spot = at.get(node.id);
    if (!spot || !names.has(node.id)) continue;
    const half = Math.min(110, textWidth(node.label) / 2 + 14);
    const cost = (y: number): number =>
      ways.reduce((sum, w) => sum + (crosses(w.a, w.b, { x1: spot.x - half, x2: spot.x + half, y1: y - 7, y2: y + 7 }) ? w.weight : 0), 0) +
      nodes.filter((n) => n !== node && Math.abs((at.get(n.id)?.x ?? 0) - spot.x) < half + 8 && Math.abs((at.get(n.id)?.y ?? 0) - y) < 16).length * 3;
    if (spot.y > 34 && cost(spot.y - 20) < cost(spot.y + 20)) out.add(node.id);
  }
  return out;
}

export function elements(nodes: NetNode[], edges: NetEdge[], chain: string | null, room: { width: number; height: number }): ElementDefinition[] {
  const most = Math.max(0, ...edges.map((e) => e.value_usd ?? 0));
  const width = thickness(most, 7);
  const filled = new Set(chainNodes(edges, chain));
  const at = stretched(nodes, room.width, room.height);
  const names = named(nodes, edges, chain, at);
  const known = new Set(nodes.map((n) => n.id));
  const high = above(nodes, edges, at, names);
  const size = markSize(nodes.length);
  return [
    ...nodes.map((n): ElementDefinition => ({
      data: { id: n.id, label: names.has(n.id) ? `${fitted(visible(n.label), 170)}${n.country ? `  ${n.country}` : ""}` : "", size },
      position: { ...(at.get(n.id) ?? { x: 0, y: 0 }) },
      classes: `${n.role}${filled.has(n.id) ? " filled" : ""}${high.has(n.id) ? " high" : ""}${names.has(n.id) ? " named" : ""}${(at.get(n.id)?.x ?? 0) > room.width * 0.6 ? " left" : ""}`,
    })),
    ...edges.filter((e) => known.has(e.from) && known.has(e.to)).map((e): ElementDefinition => ({
      data: { id: edgeKey(e), source: e.from, target: e.to, width: width(e.value_usd), ...(e.chain !== null && e.chain === chain ? { label: chainLabel(e) } : {}) },
      classes: chain !== null && e.chain === chain ? `chain${e.weakest ? " weakest" : ""}` : "",
    })),
  ];
}

/** Looks of the canvas in the colours of the page. Where there are many firms each costs time: only named ones carry text, lines no heads. */
export function looks(colour: Palette, many: boolean, family: string, links: number): StylesheetJson {
  const letters = {
    label: "data(label)",
    "font-size": 12,
    "font-family": family,
    color: colour("ink2"),
    "text-valign": "bottom",
    "text-margin-y": 5,
    "text-background-color": colour("paper"),
    "text-background-opacity": 0.85,
    "text-background-padding": "1px",
    "min-zoomed-font-size": 7,
  };
  const heads = { "target-arrow-color": colour("line2"), "target-arrow-shape": "triangle", "arrow-scale": 0.8, "curve-style": "straight" };
  return [
    {
      selector: "node",
      style: { width: "data(size)", height: "data(size)", "background-color": colour("paper"), "border-width": many ? 1.2 : 1.6, "border-position": "inside", "border-color": colour("ink"), ...(many ? {} : letters) },
    },
    { selector: "edge", style: { width: "data(width)", "line-color": colour("line2"), ...(many ? { "curve-style": "haystack", "haystack-radius": 0, opacity: paleness(links) } : heads) } },
    ...ROLES.map(({ role, cytoscape }) => ({ selector: `.${role}`, style: { shape: cytoscape } })),
    // In a crowd a name stands beside its mark, towards the middle, so that it covers lines and not its neighbours.
    ...(many
      ? [
          { selector: ".named", style: { ...letters, "text-valign": "center", "text-halign": "right", "text-margin-x": 4, "text-margin-y": 0 } },
          { selector: ".left", style: { "text-halign": "left", "text-margin-x": -4 } },
        ]
      : []),
    { selector: ".high", style: { "text-valign": "top", "text-margin-y": -5 } },
    { selector: ".filled", style: { "background-color": colour("ink"), color: colour("ink"), "font-weight": 600 } },
    {
      selector: ".chain",
      style: {
        "line-color": colour("s1"), width: 4, opacity: 1, "z-index": 9, ...heads, "target-arrow-color": colour("s1"),
        label: "data(label)", "font-size": 12, "font-weight": 600, "font-family": family, color: colour("ink"), "text-margin-y": -10,
        "text-background-color": colour("paper"), "text-background-opacity": 0.85, "text-background-padding": "1px",
      },
    },
    { selector: ".weakest", style: { "line-style": "dashed", "line-dash-pattern": [8, 4] } },
    { selector: "node.seen", style: { ...letters, "border-color": colour("link"), "border-width": 4, color: colour("ink"), "font-weight": 600, "z-index": 10 } },
    { selector: "edge.seen", style: { "line-color": colour("link"), "target-arrow-color": colour("link"), opacity: 1, "z-index": 8 } },
  ] as StylesheetJson;
}

function shape(role: Role, x: number, y: number, r: number, fill: string): Mark {
  const look = { fill, stroke: "var(--ink)", "stroke-width": 1.6 };
  switch (role) {
    case "maker":
      return mark("rect", { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, ...look });
    case "trader":
      return mark("circle", { cx: x, cy: y, r, ...look });
    case "hub":
      return mark("path", { d: `M${x - r * 1.1} ${y}L${x - r * 0.55} ${y - r}H${x + r * 0.55}L${x + r * 1.1} ${y}L${x + r * 0.55} ${y + r}H${x - r * 0.55}Z`, ...look });
    case "consignee":
      return mark("path", { d: `M${x} ${y - r * 1.2}L${x + r * 1.2} ${y}L${x} ${y + r * 1.2}L${x - r * 1.2} ${y}Z`, ...look });
    case "forwarder":
      return mark("path", { d: `M${x} ${y - r * 1.1}L${x + r * 1.1} ${y + r}H${x - r * 1.1}Z`, ...look });
  }
}

/** A small picture of a role for the legend. */
export function roleScene(role: Role): Scene {
  return { width: 20, height: 20, title: role, marks: [shape(role, 10, 10, 7, "none")] };
}

/** The same picture as a drawing of its own, for SVG and PNG files. */
export function networkScene(nodes: NetNode[], edges: NetEdge[], chain: string | null, title: string, room?: { width: number; height: number }): Scene {
  const many = nodes.length > NAMED;
  const width = room?.width ?? 1000;
  const height = room?.height ?? (many ? 760 : Math.max(300, Math.min(620, 60 + nodes.length * 26)));
  const most = Math.max(0, ...edges.map((e) => e.value_usd ?? 0));
  const thick = thickness(most, 7);
  const at = stretched(nodes, width, height);
  const x = (n: NetNode): number => at.get(n.id)?.x ?? 0;
  const y = (n: NetNode): number => at.get(n.id)?.y ?? 0;
  const byId = new Map(nodes.map((n) => [n.id, n]));
  const filled = new Set(chainNodes(edges, chain));
  const names = named(nodes, edges, chain, at);
  const high = above(nodes, edges, at, names);
  const r = markSize(nodes.length) / 2;
  const lines = [...edges].sort((a, b) => Number(a.chain === chain) - Number(b.chain === chain)).flatMap((e) => {
    const a = byId.get(e.from);
    const b = byId.get(e.to);
    if (!a || !b) return [];
    const [ax, ay, bx, by] = [x(a), y(a), x(b), y(b)];
    const far = Math.max(Math.hypot(bx - ax, by - ay), 1);
    const [ux, uy] = [(bx - ax) / far, (by - ay) / far];
    const inChain = chain !== null && e.chain === chain;
    const w = inChain ? Math.max(3, thick(e.value_usd)) : thick(e.value_usd);
    const head = Math.max(5, w * 1.6);
    const [tx, ty] = [bx - ux * (r + 2), by - uy * (r + 2)];
    const [hx, hy] = [tx - ux * head, ty - uy * head];
    const colour = inChain ? "var(--s1)" : "var(--line2)";
    const line = mark("line", { x1: ax + ux * (r + 2), y1: ay + uy * (r + 2), x2: hx, y2: hy, stroke: colour, "stroke-width": w, "stroke-dasharray": inChain && e.weakest ? "8 4" : undefined, opacity: many && !inChain ? paleness(edges.length) : undefined });
    if (many && !inChain) return [line];
    return [
      line,
      mark("path", { d: `M${tx.toFixed(1)} ${ty.toFixed(1)}L${(hx - uy * head * 0.5).toFixed(1)} ${(hy + ux * head * 0.5).toFixed(1)}L${(hx + uy * head * 0.5).toFixed(1)} ${(hy - ux * head * 0.5).toFixed(1)}Z`, fill: colour }),
    ];
  });
  const dots = nodes.map((n) => shape(n.role, x(n), y(n), r, filled.has(n.id) ? "var(--ink)" : "var(--paper)"));
  const said = nodes.filter((n) => names.has(n.id)).map((n) => {
    const text = `${fitted(n.label, 170)}${n.country ? ` ${n.country}` : ""}`;
    const look = { bold: filled.has(n.id), halo: true };
    if (!many) return words(x(n), high.has(n.id) ? y(n) - r - 7 : y(n) + r + 15, text, { anchor: "middle", ...look });
    const left = x(n) > width * 0.6;
    return words(left ? x(n) - r - 5 : x(n) + r + 5, y(n) + 4, text, { anchor: left ? "end" : "start", ...look });
  });
  return { width, height, title, marks: [...lines, ...dots, ...said] };
}
