import { describe, expect, it } from "vitest";
import { langOf, pieces, scriptOf, visible } from "../src/lib/text";

describe("text of sources", () => {
  it("shows characters that steer as codes", () => {
    expect(visible("drone \u202egpj.exe")).toBe("drone ⟨U+202E⟩gpj.exe");
    expect(visible("a\u0000b\ud800c")).toBe("a⟨U+0000⟩b⟨U+D800⟩c");
    expect(visible("emoji 😀 无人机")).toBe("emoji 😀 无人机");
  });

  it("knows scripts and, where the country tells, languages", () => {
    expect(scriptOf("ООО СЕВЕР M3")).toBe("Cyrl");
    expect(langOf("ООО Север", "RU")).toBe("ru");
    expect(langOf("ООО Север")).toBe("und-Cyrl");
    expect(langOf("四旋翼无人机", "CN")).toBe("zh");
    expect(langOf("ドローン")).toBe("ja");
    expect(langOf("Nordwind Co Ltd")).toBeUndefined();
  });

  it("marks spans by code point; overlaps join, nonsense is dropped, nothing is lost", () => {
    const text = "a😀bcdef";
    const out = pieces(text, [[1, 3, "x"], [2, 4, "y"], [9, 99, "z"], [5, 5, "e"], [6, 2, "r"]]);
    expect(out.map((p) => p.text).join("")).toBe(text);
    expect(out.filter((p) => p.marked).map((p) => p.text)).toEqual(["😀bc"]);
    expect(pieces("", [[0, 1]])).toEqual([]);
  });
});
