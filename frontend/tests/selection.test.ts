import { describe, expect, it } from "vitest";
import { href, viewOf } from "../src/lib/router";
import { isDay, isEmpty, parse, patched, serialize, toggled, type Selection } from "../src/lib/selection";

describe("selection and address", () => {
  it("goes to the address and back unchanged", () => {
    const selection: Selection = { q: ["КВАДРО & kopter=1"], goods: ["drone", "chp"], since: ["2022-02-24"], hs: ["8806"], party: ["P-1"] };
    expect(parse(`?${serialize(selection, { row: "a-1", id: "P-2" })}`)).toEqual({ selection, local: { row: "a-1", id: "P-2" } });
  });

  it("gives equal selections equal addresses", () => {
    expect(serialize(parse("?origin=CN&goods=drone").selection)).toBe(serialize(parse("?goods=drone&origin=CN").selection));
  });

  it("leaves out what is no value: impossible days, codes with letters, blanks, doubles", () => {
    const { selection } = parse("?since=2022-02-30&until=2022-02-28&hs=88x&hs=8806.22&goods=&goods=drone&goods=drone&q=a&q=b");
    expect(selection).toEqual({ until: ["2022-02-28"], hs: ["880622"], goods: ["drone"], q: ["a"] });
  });

  it("never keeps the token, nor odd keys", () => {
    expect(parse("?token=secret&__proto__=x&Id=1&id=F-0001").local).toEqual({ id: "F-0001" });
  });

  it("bounds what an address can ask for", () => {
    const many = new URLSearchParams();
    for (let i = 0; i < 5000; i += 1) many.append("party", `P-${i}`);
    many.append("q", "x".repeat(9999));
    const { selection } = parse(many.toString());
    expect(selection.party?.length).toBe(200);
    expect(selection.q?.[0]?.length).toBe(400);
  });

  it("toggles and removes", () => {
    const one = toggled({}, "origin", "CN");
    const two = toggled(one, "origin", "KZ");
    expect(two).toEqual({ origin: ["CN", "KZ"] });
    expect(toggled(toggled(two, "origin", "CN"), "origin", "KZ")).toEqual({});
    expect(isEmpty(patched(two, { origin: [] }))).toBe(true);
    expect(patched(two, { goods: ["drone"] })).toEqual({ origin: ["CN", "KZ"], goods: ["drone"] });
  });

  it("knows days and paths", () => {
    expect(isDay("2024-02-29")).toBe(true);
    expect(isDay("2023-02-29")).toBe(false);
    expect(viewOf("/shipments/")).toBe("shipments");
    expect(viewOf("/nothing")).toBe("overview");
    expect(href("overview")).toBe("/");
    expect(href("parties", { goods: ["drone"] }, { id: "P-1" })).toBe("/parties?goods=drone&id=P-1");
  });
});
