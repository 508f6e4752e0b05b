import { describe, expect, it } from "vitest";
import { agree, falls, headOf, levers, rangeBar, sorted } from "../src/lib/figures";
import type { Figure, WaterfallStep } from "../src/lib/types";

function figure(more: Partial<Figure>): Figure {
  return {
    figure_id: "F-0001", label: "Declared value: drones", definition: "", value: 100, low: 80, high: 120, unit: "USD", rows: 3, coverage: "",
    method: "", mark: "declared", readings: { strict: 80, central: 100, broad: 120 }, choices: [], counter: { said: [], more: 0 }, window: null,
    measure: "value_usd", subject: null, subject_id: null, rank: null, lever: null, ...more,
  }; // prettier-ignore
}
const step = (kind: string, rows: number, value: number, without = 0): WaterfallStep => ({
  step: `${kind}${rows}`, label: "", kind, rows, value_usd: value, without_value: without,
}); // prettier-ignore

describe("range bar", () => {
  it("keeps its parts in order and on the axis", () => {
    const bar = rangeBar(figure({}));
    expect(bar && bar.low <= bar.central && bar.central <= bar.high && bar.high <= 1).toBe(true);
    expect(rangeBar(figure({ value: "2022-01-01", unit: "date" }))).toBeNull();
    expect(agree(figure({ readings: { strict: 100, central: 100, broad: 100 } }))).toBe(true);
    expect(agree(figure({}))).toBe(false);
  });
});

describe("levers", () => {
  it("stand in order of size; those without effect stay", () => {
    const found = levers(
      figure({
        choices: [
          { choice: "none", low: null, high: 100, effect: 0 },
          { choice: "small", low: 95, high: 110, effect: 10 },
          { choice: "large", low: 40, high: null, effect: 60 },
        ],
      }),
    );
    expect(found.map((l) => [l.choice, l.lower, l.higher])).toEqual([["large", -60, null], ["small", -5, 10], ["none", null, null]]);
  });
});

describe("waterfall", () => {
  it("closes: each bar starts where the one before ended, and what is left is what is kept", () => {
    const lines = falls([step("total", 1000, 500), step("left_out", 10, 0, 10), step("left_out", 490, 300), step("kept", 500, 200)]);
    expect(lines.map((l) => l.rows[0])).toEqual([0, 0.99, 0.5, 0]);
    expect(lines[1]?.value).toBeNull();
    expect(lines[3]?.rows[1]).toBeCloseTo(0.5);
    expect(lines[3]?.value?.[1]).toBeCloseTo(0.4);
    expect(lines.some((l) => l.magnified)).toBe(false);
  });

  it("magnifies what remains under two percent", () => {
    const lines = falls([step("total", 100_000, 100), step("left_out", 99_000, 99), step("kept", 1000, 1)]);
    expect(lines[2]?.magnified).toBe(true);
    expect(lines[2]?.rows[1]).toBeCloseTo(1);
    for (const line of lines) expect(line.rows[0] + line.rows[1]).toBeLessThanOrEqual(1 + 1e-9);
  });

  it("of nothing is nothing", () => expect(falls([])).toEqual([]));
});

describe("figures of the page", () => {
  it("are cards, rankings or set against claims, and none is lost", () => {
    const all = [
      figure({}),
      figure({ figure_id: "F-0003", measure: "by_exporter", rank: 2 }),
      figure({ figure_id: "F-0002", measure: "by_exporter", rank: 1 }),
      figure({ figure_id: "F-0004", measure: "claim:value_usd" }),
    ];
    const { cards, rankings, claimed } = sorted(all);
    expect(cards.length + claimed.length + rankings.flatMap((r) => r.lines).length).toBe(all.length);
    expect(rankings[0]?.lines.map((l) => l.figure_id)).toEqual(["F-0002", "F-0003"]);
    expect(headOf("Declared value: drones, to RU")).toEqual({ what: "Declared value", scope: "drones, to RU" });
  });
});
