/** Text from sources: its language as far as script and country tell, and characters that steer direction shown as codes. */

// Characters that steer the direction of text can make a name read differently from its bytes; they are printed as codes.
const STEERING =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["Jpan", /\p{Script=Hiragana}|\p{Script=Katakana}/gu],
  ["Hani", /\p{Script=Han}/gu],
  ["Kore", /\p{Script=Hangul}/gu],
  ["Cyrl", /\p{Script=Cyrillic}/gu],
  ["Arab", /\p{Script=Arabic}/gu],
  ["Hebr", /\p{Script=Hebrew}/gu],
  ["Grek", /\p{Script=Greek}/gu],
  ["Armn", /\p{Script=Armenian}/gu],
  ["Geor", /\p{Script=Georgian}/gu],
  ["Thai", /\p{Script=Thai}/gu],
  ["Deva", /\p{Script=Devanagari}/gu],
  ["Latn", /\p{Script=Latin}/gu],
];
const OF_COUNTRY: Readonly<Record<string, string>> = {
  "Cyrl RU": "ru", "Cyrl BY": "ru", "Cyrl KZ": "ru", "Cyrl KG": "ru", "Cyrl UA": "uk", "Cyrl BG": "bg", "Hani CN": "zh", "Hani HK": "zh",
  "Hani TW": "zh", "Hani JP": "ja", "Arab IR": "fa", "Latn TR": "tr", "Latn VN": "vi", "Latn DE": "de",
}; // prettier-ignore
const ALWAYS: Readonly<Record<string, string>> = {
  Jpan: "ja", Kore: "ko", Grek: "el", Hebr: "he", Armn: "hy", Geor: "ka", Thai: "th",
}; // prettier-ignore
export const SCRIPT_WORDS: Readonly<Record<string, string>> = {
  Latn: "Latin", Cyrl: "Cyrillic", Hani: "Chinese", Jpan: "Japanese", Kore: "Korean", Arab: "Arabic", Hebr: "Hebrew", Grek: "Greek",
  Armn: "Armenian", Geor: "Georgian", Thai: "Thai", Deva: "Devanagari",
}; // prettier-ignore

/** The text with steering and control characters written as ⟨U+202E⟩. */
export function visible(text: string): string {
  return text.replace(
    STEERING,
    (c) => `⟨U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

/** ISO 15924 code of the script that most letters are in. */
export function scriptOf(text: string): string {
  const start = text.slice(0, 200);
  let best = "";
  let most = 0;
  for (const [script, letters] of SCRIPTS) {
    const count = start.match(letters)?.length ?? 0;
    if (count > most) [best, most] = [script, count];
  }
  return best;
}

/** A BCP 47 tag as far as script and country tell, or nothing. */
export function langOf(text: string, country?: string | null): string | undefined {
  // Nearly all texts are plain ASCII: nothing to tell.
  if (/^[\x20-\x7e]*$/.test(text) && !country) return undefined;
  const script = scriptOf(text);
  return (
    OF_COUNTRY[`${script} ${country ?? ""}`] ??
    ALWAYS[script] ??
    (["Cyrl", "Hani", "Arab", "Deva"].includes(script) ? `und-${script}` : undefined)
  );
}

export interface Piece {
  text: string;
  marked: boolean;
}

/** The text in plain and marked pieces. Spans may overlap, touch or lie outside; positions count code points, as the server's do. */
export function pieces(text: string, spans: readonly (readonly [number, number, ...unknown[]])[]): Piece[] {
  const points = Array.from(text);
  const merged: [number, number][] = [];
  const sorted = spans
    .map(([start, end]) => [Math.max(0, start), Math.min(points.length, end)] as [number, number])
    .sort((a, b) => a[0] - b[0]);
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (!(end > start)) continue;
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  const out: Piece[] = [];
  let at = 0;
  const push = (start: number, end: number, marked: boolean): void => {
    if (end > start) out.push({ text: visible(points.slice(start, end).join("")), marked });
  };
  for (const [start, end] of merged) {
    push(at, start, false);
    push(start, end, true);
    at = end;
  }
  push(at, points.length, false);
  return out;
}
