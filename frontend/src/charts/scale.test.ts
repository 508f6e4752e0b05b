import { describe, expect, it } from "vitest";
import { apart, DAY, linear, monthEnds, months, nextMonth, radius, roundEnd, thickness, ticks, time, timeTicks } from "./scale";

describe("scales", () => {
  it("makes area, not radius, proportional", () => {
    const r = radius(400, 20, 0);
    expect((r(400) / r(100)) ** 2).toBeCloseTo(4);
    expect(radius(400, 20, 3)(null)).toBe(3);
  });
  it("makes width proportional and at least 1.2", () => {
    const w = thickness(100, 10);
    expect(w(50)).toBe(5);
    expect(w(1)).toBe(1.2);
    expect(w(null)).toBe(1.2);
  });
  it("ends axes at or above the value, from 0", () => {
    for (const value of [0.3, 1, 7, 99, 101, 12345]) expect(roundEnd(value)).toBeGreaterThanOrEqual(value);
    expect(ticks(10)[0]).toBe(0);
  });
  it("puts a value without a span in the middle", () => expect(linear([5, 5], [0, 10])(5)).toBe(5));
});

describe("time", () => {
  it("reads years, months and days in UTC, and nothing else", () => {
    expect(time("2022-10-04")).toBe(Date.UTC(2022, 9, 4));
    expect(time("2022-10")).toBe(Date.UTC(2022, 9, 1));
    expect(time("n/s")).toBeNull();
    expect(time(null)).toBeNull();
  });
  it("knows leap years and the turn of the year", () => {
    expect(monthEnds("2024-02")).toEqual(["2024-02-01", "2024-02-29"]);
    expect(nextMonth("2022-12")).toBe("2023-01");
    expect(months(Date.UTC(2022, 10, 30), Date.UTC(2023, 1, 1))).toEqual(["2022-11", "2022-12", "2023-01", "2023-02"]);
  });
  it("never puts two labels closer than their width", () => {
    for (const [days, px] of [[40, 300], [400, 300], [4000, 600], [9000, 280]] as const) {
      const from = Date.UTC(2020, 0, 1);
      const found = timeTicks(from, from + days * DAY, px);
      expect(found.length).toBeLessThanOrEqual(Math.max(1, Math.floor(px / 58)) + 1);
      expect(new Set(found.map((t) => t.at)).size).toBe(found.length);
    }
  });
});

describe("labels", () => {
  it("are pushed apart and stay in order", () => {
    const out = apart([10, 11, 12, 80], 12, 0, 100);
    const sorted = [...out].sort((a, b) => a - b);
    for (let k = 1; k < sorted.length; k += 1) expect((sorted[k] ?? 0) - (sorted[k - 1] ?? 0)).toBeGreaterThanOrEqual(12 - 1e-9);
    expect(out[0]).toBeLessThan(out[1] ?? 0);
  });
});
