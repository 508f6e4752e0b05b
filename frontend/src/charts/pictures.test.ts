import { describe, expect, it } from "vitest";
import { cutLongitude, flowScene, legText, outlined, project, type Flow, type Place } from "./flows";
import { unstyled } from "./foreign";
import { chainScene, gaugeScene, hopScene } from "./hops";
import { laneScene, runs } from "./lanes";
import { amount, ledgerScene, when } from "./ledger";
import { elements, filledChain, named, networkScene, stretched, type NetEdge, type NetNode } from "./network";
import type { Mark, Scene } from "./scene";

function all(marks: Mark[]): Mark[] {
  return marks.flatMap((m) => [m, ...all(m.kids ?? [])]);
}
const texts = (scene: Scene): string[] => all(scene.marks).flatMap((m) => (m.text === undefined ? [] : [m.text]));
/** Every text ends inside the picture. */
function inside(scene: Scene): void {
  for (const m of all(scene.marks)) {
    if (m.tag !== "text") continue;
    expect(Number(m.at["x"])).toBeGreaterThanOrEqual(-1);
    expect(Number(m.at["x"])).toBeLessThanOrEqual(scene.width + 1);
    expect(Number(m.at["y"])).toBeLessThanOrEqual(scene.height + 1);
  }
}

const PLACES: Place[] = [["CN", 104, 35], ["KZ", 67, 48], ["RU", 40, 55], ["US", -98, 39], ["AE", 54, 24]].map(([code, lon, lat]) => ({ code: String(code), name: String(code), lon: Number(lon), lat: Number(lat) }));
const FLOWS: Flow[] = [
  { from: "CN", to: "RU", rows: 8, value: 400, before: 1000, held: true },
  { from: "CN", to: "KZ", rows: 5, value: 100, before: null, held: false },
  { from: "KZ", to: "RU", rows: 2, value: null, before: null, held: true },
  { from: "KZ", to: "KZ", rows: 2, value: 9, before: null, held: true },
  { from: "CN", to: "XX", rows: 1, value: 5, before: null, held: true },
];

describe("the flow map", () => {
  const made = flowScene(PLACES, FLOWS, { width: 700, height: 400, title: "t", most: 10 });
  const marks = all(made.scene.marks);

  it("draws every leg between known countries with a number on it, and names what it cannot place", () => {
    expect(made.drawn.map((f) => `${f.from}${f.to}`)).toEqual(["CNRU", "CNKZ", "KZRU"]);
    expect(made.unplaced).toEqual(["XX"]);
    for (const f of made.drawn) expect(texts(made.scene)).toContain(legText(f));
    expect(texts(made.scene)).not.toContain("XX");
    inside(made.scene);
  });
  it("makes width proportional to value and dashes what no file holds", () => {
    const lines = (key: string): Mark[] => (marks.find((m) => m.key === key)?.kids ?? []).filter((k) => k.at["fill"] === "none" && k.at["stroke"] !== "transparent");
    const direct = lines("CN>RU");
    expect(direct[0]?.at["stroke"]).toBe("var(--band)");
    expect(Number(direct[0]?.at["stroke-width"]) / Number(direct[1]?.at["stroke-width"])).toBeCloseTo(2.5, 1);
    expect(lines("CN>KZ")[0]?.at["stroke-dasharray"]).toBe("7 3");
    expect(direct[1]?.at["stroke-dasharray"]).toBeUndefined();
    expect(Number(lines("KZ>RU")[0]?.at["stroke-width"])).toBe(1.2);
  });
  it("cuts the globe where nobody is", () => {
    expect(cutLongitude([104, 67, 40])).toBe(40);
    const at = project([PLACES[0] as Place, PLACES[3] as Place], 700, 400, 60);
    expect(at.x(104)).toBeGreaterThan(0);
    expect(at.x(-98)).toBeLessThan(700);
    expect(at.x(-98)).toBeGreaterThan(at.x(104));
  });
  it("draws outlines only where they cross the frame", () => {
    const at = project(PLACES.slice(0, 3), 700, 400, 60);
    expect(outlined([[600, 400, 10, 10, 10, -10]], at, 700, 400)).toMatch(/^M/);
    expect(outlined([[-600, -400, 10, 10]], at, 700, 400)).toBe("");
    const wide = project([{ code: "A", name: "A", lon: 100, lat: 60 }, { code: "B", name: "B", lon: -160, lat: 60 }], 700, 400, 60);
    const across = outlined([[1780, 650, 20, 0, -3600, 0, 20, 10]], wide, 700, 400);
    const xs = [...across.matchAll(/[ML](-?[\d.]+) /g)].map((m) => Number(m[1]));
    expect(across.match(/M/g)?.length).toBeGreaterThan(1);
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(100);
  });
  it("survives no flow at all and one place twice", () => {
    expect(flowScene([], [], { width: 300, height: 200, title: "t", most: 5 }).drawn).toEqual([]);
    const same = flowScene([{ code: "A", name: "A", lon: 1, lat: 1 }, { code: "B", name: "B", lon: 1, lat: 1 }], [{ from: "A", to: "B", rows: 1, value: 1, before: 0, held: true }], { width: 300, height: 200, title: "t", most: 5 });
    expect(JSON.stringify(same.scene)).not.toContain("NaN");
  });
});

describe("the timeline", () => {
  const lanes = [
    { id: "P-1", name: "One", country: "CN", lots: [{ key: "S-1", date: "2022-10-04", pieces: 400, value: 1, rows: 1 }, { key: "S-2", date: "2022-11-09", pieces: 100, value: 1, rows: 1 }] },
    { id: "P-2", name: "Two", country: null, lots: [{ key: "S-1", date: "2022-10-04", pieces: 400, value: 1, rows: 1 }, { key: "S-3", date: "2022-12-01", pieces: null, value: null, rows: 2 }] },
  ];
  const options = { width: 800, title: "t", first: "2022-10-04", last: "2022-12-01", missing: ["2022-11"], events: [{ date: "2022-10-20", name: "Rule" }] };
  const { scene, frame } = laneScene(lanes, options);

  it("draws a disc for each lot, area by pieces, dashed where none are stated", () => {
    const discs = all(scene.marks).filter((m) => m.tag === "circle");
    expect(discs).toHaveLength(4);
    const r = (key: string): number => Number(discs.find((d) => d.key === key)?.at["r"]);
    expect((r("S-1") / r("S-2")) ** 2).toBeCloseTo(4, 1);
    expect(discs.find((d) => d.key === "S-3")?.at["stroke-dasharray"]).toBe("2 2");
    inside(scene);
  });
  it("shades and names the months without a file, and marks events", () => {
    expect(texts(scene).some((t) => t.startsWith("no file, Nov"))).toBe(true);
    expect(texts(scene)).toContain("Rule");
    expect(runs(["2022-11", "2022-12", "2023-02"])).toEqual([["2022-11", "2022-12"], ["2023-02", "2023-02"]]);
  });
  it("turns places back into days", () => {
    expect(new Date(frame.at(frame.left)).toISOString().slice(0, 10)).toBe("2022-10-01");
    expect(new Date(frame.at(frame.right)).toISOString().slice(0, 10)).toBe("2023-01-01");
  });
  it("fills a chain and dashes its weakest link", () => {
    const chained = laneScene(lanes, { ...options, chain: [{ key: "S-1", lane: "P-1", weakest: false }, { key: "S-3", lane: "P-2", weakest: true }] }).scene;
    expect(all(chained.marks).filter((m) => m.tag === "circle" && m.at["fill"] === "var(--s1)").map((m) => m.key)).toEqual(["S-1", "S-1", "S-3"]);
    expect(all(chained.marks).some((m) => m.at["stroke-dasharray"] === "6 4")).toBe(true);
  });
});

describe("the ledger", () => {
  it("says the amount and the time, or that neither is stated", () => {
    expect(amount({ low: 100, high: 100, per: "month" })).toBe("100 a month");
    expect(amount({ low: 15000, high: null, per: null })).toBe("at least 15,000");
    expect(amount({ low: null, high: null, per: null })).toBe("quantity n/s");
    expect(when({ start: null, end: null })).toBe("time n/s");
  });
  it("draws each kind in its own manner, and none of them outside", () => {
    const items = (["order", "delivery", "capacity", "stock", "loss"] as const).map((kind, k) => ({ key: kind, kind, title: kind, markKind: "asserted", sub: "1 root", low: 5, high: 5, per: null, start: `2022-0${k + 1}-01`, end: k ? "2022-12-01" : null }));
    const scene = ledgerScene(items, 800, "t");
    expect(scene.marks.filter((m) => m.key).map((m) => m.key)).toEqual(["order", "delivery", "capacity", "stock", "loss"]);
    inside(scene);
    expect(JSON.stringify(ledgerScene(items.map((i) => ({ ...i, start: null, end: null })), 300, "t"))).not.toContain("NaN");
  });
});

describe("chains", () => {
  it("draws two gauges that differ without colour", () => {
    const solid = all(gaugeScene("continuity", 0.8, 200).marks);
    const hatched = all(gaugeScene("concern", 0.8, 200).marks);
    expect(solid.some((m) => m.tag === "rect" && m.at["fill"] === "var(--s1)" && Math.abs(Number(m.at["width"]) - 158.4) < 0.1)).toBe(true);
    expect(hatched.some((m) => m.tag === "rect" && m.at["fill"] !== "none")).toBe(false);
    expect(gaugeScene("concern", 0.8, 200).title).toContain(".80");
  });
  it("puts shipments to scale and dashes the weakest step", () => {
    const scene = hopScene([{ key: "a", date: "2022-01-01", weakest: false }, { key: "b", date: "2022-01-11", weakest: true }, { key: "c", date: "2022-01-21", weakest: false }], 212, "t");
    expect(all(scene?.marks ?? []).filter((m) => m.tag === "circle").map((m) => m.at["cx"]).sort((a, b) => Number(a) - Number(b))).toEqual([6, 106, 206]);
    expect((scene?.marks ?? []).filter((m) => m.at["stroke-dasharray"]).length).toBe(1);
    expect(hopScene([{ key: "a", date: null, weakest: false }], 100, "t")).toBeNull();
  });
  it("fits a card of many firms into the width of a file", () => {
    const nodes = Array.from({ length: 6 }, (_, k) => ({ name: `A firm with a very long name ${k}`, own: "ООО «Долгое имя»", country: "KZ", role: "trader" }));
    const links = nodes.slice(1).map((_, k) => ({ amount: "1,234 pcs", kg: "12 kg", how: "12 d · link .5", share: "", weakest: k === 1 }));
    inside(chainScene(nodes, links, [], 900, "t"));
  });
});

describe("the network", () => {
  const nodes: NetNode[] = Array.from({ length: 80 }, (_, k) => ({ id: `P-${k}`, label: `Firm ${k}`, country: "CN", role: "trader", rows: 1, value_usd: k, x: (k % 5) * 200, y: k * 12 }));
  const edges: NetEdge[] = nodes.slice(1).map((n, k) => ({ from: `P-${k}`, to: n.id, rows: 1, value_usd: k, pieces: 5, weakest: k === 3, chain: k < 4 ? "H-1" : k < 6 ? "H-2" : null }));

  it("fills the wanted chain, else the one with the most value", () => {
    expect(filledChain(edges, "H-1")).toBe("H-1");
    expect(filledChain(edges, "H-9")).toBe("H-2");
    expect(filledChain([], "H-1")).toBeNull();
  });
  it("gives the canvas every firm and link once, at stored places stretched to the room", () => {
    const made = elements(nodes, edges, "H-1", { width: 800, height: 500 });
    expect(made).toHaveLength(nodes.length + edges.length);
    const at = stretched(nodes, 800, 500);
    for (const { x, y } of at.values()) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(800);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(500);
    }
    expect(made.filter((e) => e.classes?.includes("weakest"))).toHaveLength(1);
    expect(made.filter((e) => e.classes?.includes("filled"))).toHaveLength(5);
  });
  it("never names two firms over each other", () => {
    const at = stretched(nodes, 800, 500);
    const kept = [...named(nodes, edges, "H-1", at)].map((id) => at.get(id) ?? { x: 0, y: 0 });
    expect(kept.length).toBeGreaterThan(4);
    kept.forEach((a, k) => kept.slice(k + 1).forEach((b) => expect(Math.abs(a.x - b.x) > 40 || Math.abs(a.y - b.y) >= 22).toBe(true)));
  });
  it("is one firm as well as none", () => {
    expect(JSON.stringify(elements(nodes.slice(0, 1), [], null, { width: 300, height: 200 }))).not.toContain("null,null");
    expect(networkScene([], [], null, "t").marks).toEqual([]);
  });
});

describe("drawings of the server", () => {
  it("lose their sheets and style attributes before they are parsed", () => {
    const { bare, sheets } = unstyled(`<svg style="x:1"><style>.a{fill:red}</style><style>@import url(x)</style><g class="a" style='fill:red' id="b"><text>a style="b"</text></g></svg>`);
    expect(bare).toBe(`<svg><g class="a" id="b"><text>a style="b"</text></g></svg>`);
    expect(sheets).toEqual([".a{fill:red}"]);
  });
});
