import { describe, expect, it } from "vitest";
import { areaHeight, barFor, inSight, lastTop, moved, ROW, TALLEST, topFor } from "../src/lib/virtual";

const VIEW = 616;
const MANY = 10_000_000;

describe("rows in sight", () => {
  it("are exact while the area is not capped", () => {
    expect(areaHeight(1000)).toBe(28_000);
    expect(moved(1000, VIEW, 0, 0, 5600)).toBe(5600);
    expect(inSight(1000, VIEW, 5600)).toEqual({ first: 200, count: 23 });
    expect(inSight(3, VIEW, 0)).toEqual({ first: 0, count: 3 });
    expect(inSight(0, VIEW, 0).count).toBe(0);
  });

  it("fit an area that browsers can draw, whatever their number", () => {
    expect(areaHeight(MANY)).toBe(TALLEST);
    expect(TALLEST).toBeLessThan(16_000_000);
  });

  it("follow the wheel row by row in ten million rows", () => {
    let top = 140_000_000;
    let bar = barFor(MANY, VIEW, top);
    for (let i = 0; i < 50; i += 1) {
      const next = moved(MANY, VIEW, top, bar, bar + 100);
      expect(next - top).toBeCloseTo(100, 6);
      top = next;
      bar += 100;
    }
  });

  it("go to the same share when the bar is dragged, and to both ends", () => {
    const half = moved(MANY, VIEW, 0, 0, (TALLEST - VIEW) / 2);
    expect(half / lastTop(MANY, VIEW)).toBeCloseTo(0.5, 3);
    expect(moved(MANY, VIEW, half, TALLEST / 2, TALLEST - VIEW)).toBe(lastTop(MANY, VIEW));
    expect(moved(MANY, VIEW, 300, 9, 0)).toBe(0);
  });

  it("can all be reached: every row has an offset that shows it whole", () => {
    for (const index of [0, 1, 21, 22, 4_999_999, MANY - 2, MANY - 1]) {
      for (const from of [0, 140_000_000, lastTop(MANY, VIEW)]) {
        const top = topFor(index, MANY, VIEW, from);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(index * ROW).toBeGreaterThanOrEqual(top);
        expect((index + 1) * ROW).toBeLessThanOrEqual(top + VIEW);
        const { first, count } = inSight(MANY, VIEW, top);
        expect(index).toBeGreaterThanOrEqual(first);
        expect(index).toBeLessThan(first + count);
      }
    }
  });

  it("place the bar where it came from", () => {
    for (const top of [0, 12_345, 140_000_000, lastTop(MANY, VIEW)]) {
      const bar = barFor(MANY, VIEW, top);
      expect(bar).toBeLessThanOrEqual(TALLEST - VIEW + 1e-6);
      expect(bar).toBeGreaterThanOrEqual(0);
    }
  });
});
