import { describe, expect, it } from "vitest";
import { csvOf, fileName, light } from "./save";
import { escaped, fitted, mark, svgFile, textWidth, words } from "./scene";

describe("a scene as a file", () => {
  const scene = { width: 200, height: 80, title: `A & B "<script>"`, marks: [words(10, 20, `<img src=x onerror="alert(1)">\u202e`), mark("rect", { x: 1, y: 2, width: 3.14159, height: undefined, fill: "var(--s1)" })] };
  const text = svgFile(scene, light, ["SIMULATED. A case, run 1"]);

  it("escapes every text and prints steering characters as codes", () => {
    expect(text).not.toContain("<img");
    expect(text).not.toContain("<script");
    expect(text).toContain("&lt;img src=x");
    expect(text).toContain("U+202E");
    expect(text).not.toContain("\u202e");
  });
  it("writes colours out and leaves absent values away", () => {
    expect(text).not.toContain("var(");
    expect(text).toContain('fill="#1c5fa8"');
    expect(text).toContain('width="3.14"');
    expect(text).not.toContain("undefined");
  });
  it("carries its finding and its case", () => {
    expect(text).toContain("<title>A &amp; B");
    expect(text).toContain("SIMULATED. A case, run 1");
  });
});

describe("letters", () => {
  it("cuts with an ellipsis and never over the width", () => {
    const cut = fitted("Poyraz Havacılık Dış Ticaret Anonim Şirketi", 100);
    expect(cut.endsWith("…")).toBe(true);
    expect(textWidth(cut)).toBeLessThanOrEqual(100);
    expect(fitted("short", 100)).toBe("short");
  });
  it("counts Chinese letters as square", () => expect(textWidth("青潭", 12)).toBe(24));
  it("keeps what XML may not hold out of XML", () => expect(escaped("a\u0000b")).not.toContain("\u0000"));
});

describe("the table as a file", () => {
  it("quotes, keeps numbers exact, disarms formulas", () => {
    expect(csvOf(["a", "b"], [[`x,"y"`, 0.1], ["=1+1", null], ["+7", -5]])).toBe(`a,b\r\n"x,""y""",0.1\r\n'=1+1,\r\n'+7,-5\r\n`);
  });
  it("names files by letters and digits", () => {
    expect(fileName(["SIMULATED", "Fall / 1", "map"], "svg")).toBe("SIMULATED-Fall-1-map.svg");
    expect(fileName(["…"], "csv")).toBe("chart.csv");
  });
});
