import { describe, expect, it } from "vitest";
import * as f from "../src/lib/format";

const plain = (text: string): string => text.replaceAll(f.NBSP, " ");

describe("numbers", () => {
  it("are never finer than their range", () => {
    expect(plain(f.full(12_100_000, "USD", { low: 9_800_000, high: 14_600_000 }))).toBe("12.1 m USD (9.8–14.6)");
    expect(plain(f.full(15_332_865.23, "USD", { low: 11_357_837.91, high: 15_356_528.57 }))).toBe("15.3 m USD (11.4–15.4)");
    expect(plain(f.full(380_000, "USD", { low: 300_000, high: 500_000 }))).toBe("380 k USD (300–500)");
    expect(plain(f.full(28_566, "pieces", { low: 5_485, high: 29_118 }))).toBe("28,600 pieces (5,500–29,100)");
  });

  it("of rows and firms stay exact", () => {
    expect(plain(f.full(592, "records", { low: 384, high: 594 }))).toBe("592 records (384–594)");
    expect(plain(f.full(1_234_567, "firms"))).toBe("1,234,567 firms");
  });

  it("say what is missing and never round to a false end", () => {
    expect(f.cell(null)).toBe("n/s");
    expect(f.cell(0)).toBe("0");
    expect(f.score(0.999)).toBe(".99");
    expect(f.score(0.001)).toBe(".01");
    expect(f.score(1)).toBe("1");
    expect(plain(f.share(1, 100_000))).toBe("under 0.1 %");
    expect(plain(f.share(99_999, 100_000))).toBe("over 99.9 %");
    expect(plain(f.share(18, 100))).toBe("18 %");
  });

  it("carry a true minus and their sign", () => {
    expect(f.grouped(-1234)).toBe("−1,234");
    expect(f.grouped(-0.2)).toBe("0");
    expect(plain(f.signed(-2_830_304, 15_332_865, "USD"))).toBe("−2.8 m USD");
    expect(plain(f.signed(23_663, 15_332_865, "USD"))).toBe("+0.024 m USD");
    expect(plain(f.signed(-3, 40, "firms"))).toBe("−3 firms");
  });

  it("read only numbers as numbers", () => {
    expect(f.numeric("12.5")).toBe(12.5);
    expect(f.numeric("2022-11-14")).toBeNull();
    expect(f.numeric("")).toBeNull();
    expect(f.numeric(Number.NaN)).toBeNull();
  });

  it("end an axis at a round value that holds them", () => {
    for (const value of [0.3, 1, 1.2, 7, 15.36, 99, 12_345, 1e9]) {
      expect(f.roundEnd(value)).toBeGreaterThanOrEqual(value);
      expect(f.roundEnd(value)).toBeLessThanOrEqual(value * 2);
    }
  });
});

describe("dates and codes", () => {
  it("are written short", () => {
    expect(plain(f.day("2022-11-14"))).toBe("14 Nov 2022");
    expect(plain(f.days("2023-02-17", "2023-02-24"))).toBe("17–24 Feb 2023");
    expect(plain(f.days("2022-12-03", "2023-02-24"))).toBe("3 Dec 2022–24 Feb 2023");
    expect(plain(f.days("2022-12-03", null))).toBe("from 3 Dec 2022");
    expect(f.isoDay("2022-11-01", "month")).toBe("2022-11");
    expect(plain(f.month("2022-11"))).toBe("Nov 2022");
    expect(f.month("2022-13")).toBe("2022-13");
  });

  it("keep all digits of a code", () => {
    expect(f.hsCode("8806221000")).toBe("8806.22.10.00");
    expect(f.hsCode("8806")).toBe("8806");
    expect(f.hsCode("880")).toBe("880");
    expect(f.hsCode(null)).toBe("n/s");
  });
});
