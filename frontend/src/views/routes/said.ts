// Rows of the lane tables in words and cells. A result may be that nothing was found; it is said like any other.
import { brief, dollars, day, grouped, month, percent, plain, score } from "../../charts/words";
import type { Row } from "../../lib/types";
import type { Column, TwinRow } from "../parts/twin";

export function text(row: Row, key: string): string | null {
  const value = row[key];
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
}

export function number(row: Row, key: string): number | null {
  const value = row[key];
  if (typeof value === "number") return value;
  // Totals come as text where a double could not hold them.
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

const amount = (value: number | null, unit: string | null): string => (unit === "USD" || unit === null ? dollars(value) : value === null ? "n/s" : `${grouped(value)}\u00a0${unit}`);

function range(row: Row, middle: string, low: string, high: string): string {
  const value = number(row, middle);
  if (value === null) return "–";
  const [a, b] = [number(row, low), number(row, high)];
  return a === null || b === null ? plain(value) : `${plain(value)} (${plain(a)}–${plain(b)})`;
}

const VERDICTS: Record<string, string> = {
  substitute: "substitute",
  partial: "partial substitute",
  two_legs: "rise on both legs",
  no_visible_substitute: "no visible substitute",
  final_leg_out_of_view: "final leg out of view",
  not_enough_data: "not enough data",
};

export function verdictWord(row: Row): string {
  const verdict = text(row, "verdict") ?? "";
  return VERDICTS[verdict] ?? verdict.replaceAll("_", " ");
}

const REGIONS = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/** A country's name; groups of countries as they are. */
export function placeWords(code: string | null): string {
  if (!code) return "?";
  if (code === "ALL") return "all origins";
  try {
    return /^[A-Z]{2}$/.test(code) ? (REGIONS.of(code) ?? code) : code;
  } catch {
    return code;
  }
}

export function goodsWords(code: string | null): string {
  if (!code) return "goods n/s";
  return code === "ALL" ? "all goods" : /^\d+$/.test(code) ? `HS ${code}` : code;
}

/** One sentence on what was found for a lane that fell, whatever was found. */
export function substitutionWords(row: Row): string {
  const from = placeWords(text(row, "origin"));
  const hub = text(row, "hub") ? placeWords(text(row, "hub")) : "a third country";
  const lane = `${from.charAt(0).toUpperCase()}${from.slice(1)} to ${placeWords(text(row, "destination"))}, ${goodsWords(text(row, "goods"))}`;
  const measure = text(row, "measure");
  const lost = number(row, "lost");
  const fell = lost === null ? "" : ` fell by ${amount(lost, measure)} a month after ${day(text(row, "event_date"))}`;
  const reason = text(row, "reason");
  const why = reason ? ` ${reason.charAt(0).toUpperCase()}${reason.slice(1)}${reason.endsWith(".") ? "" : "."}` : "";
  switch (row["verdict"]) {
    case "no_visible_substitute":
      return `No visible substitute. ${lane}${fell}, and no third country rose on both legs in these statistics.${why} That is a result about what is published, not about what was traded.`;
    case "final_leg_out_of_view":
      return `Final leg out of view. ${lane}${fell}; ${hub} gained ${amount(number(row, "gained"), measure)} a month on the first leg, and no report shows the second.${why}`;
    case "not_enough_data":
      return `Not enough data. ${lane}${fell}.${why}`;
    default: {
      const q = number(row, "q_value");
      const ratio = number(row, "ratio") === null ? "" : `, ratio ${range(row, "ratio", "ratio_low", "ratio_high")}`;
      return `${verdictWord(row).charAt(0).toUpperCase()}${verdictWord(row).slice(1)}. ${lane}${fell}; ${hub} gained ${amount(number(row, "gained"), measure)} a month on both legs${ratio}${q === null ? "" : `, expected share of false finds ${percent(q)}`}.${why}`;
    }
  }
}

export interface LaneTable {
  name: string;
  title: string;
  about: string;
  columns: Column[];
  rows: TwinRow[];
}

export function gapTable(rows: Row[]): LaneTable {
  return {
    name: "mirror gap",
    title: "Both reports of one lane",
    about: "What the importer reports less what the exporter reports, brought to one basis. A gap has innocent reasons first; those that apply stand in the last column.",
    columns: [
      { head: "Lane" }, { head: "Goods" }, { head: "Period" }, { head: "Exporter says", unit: "USD", num: true }, { head: "Importer says", unit: "USD, FOB", num: true },
      { head: "Gap", unit: "USD", num: true }, { head: "Range", unit: "USD", num: true }, { head: "May be explained by" },
    ],
    rows: rows.map((r) => ({
      cells: [
        `${text(r, "exporter") ?? "?"} → ${text(r, "importer") ?? "?"}`, text(r, "hs6"), text(r, "period"), number(r, "exports"), number(r, "imports_fob"), number(r, "gap"),
        number(r, "gap") === null ? "–" : `${brief(number(r, "gap_low"))} to ${brief(number(r, "gap_high"))}`, (text(r, "explained_by") ?? "none that applies").replaceAll(";", "; "),
      ],
      raw: [`${text(r, "exporter") ?? ""}>${text(r, "importer") ?? ""}`, text(r, "hs6"), text(r, "period"), number(r, "exports"), number(r, "imports_fob"), number(r, "gap"), `${number(r, "gap_low") ?? ""}..${number(r, "gap_high") ?? ""}`, text(r, "explained_by")],
    })),
  };
}

export function breakTable(rows: Row[]): LaneTable {
  return {
    name: "breaks",
    title: "Levels that moved",
    about: "A month with the set of months it may be, the level after over the level before, and how often a move as large is found where nothing happened.",
    columns: [
      { head: "Lane" }, { head: "Goods" }, { head: "Date" }, { head: "Or between" }, { head: "Level", unit: "after / before", num: true }, { head: "p", unit: "placebo", num: true },
      { head: "False share", num: true }, { head: "Event" }, { head: "Note" },
    ],
    rows: rows.map((r) => ({
      cells: [
        `${text(r, "exporter") ?? "?"} → ${text(r, "importer") ?? "?"}`, text(r, "goods"), month(text(r, "date")), `${month(text(r, "date_low"))}–${month(text(r, "date_high"))}`,
        range(r, "level_ratio", "level_low", "level_high"), score(number(r, "p_placebo")), percent(number(r, "q_value")), text(r, "event") ?? "–",
        number(r, "nomenclature_change") === 1 || r["nomenclature_change"] === true ? "the code itself changed: not a break" : (text(r, "note") ?? "–"),
      ],
    })),
  };
}

export function substitutionTable(rows: Row[]): LaneTable {
  return {
    name: "substitution",
    title: "What rose where a lane fell",
    about: "A ratio is no proof that the same goods moved; see the chains for that.",
    columns: [
      { head: "Lane" }, { head: "Through" }, { head: "Goods" }, { head: "After" }, { head: "Lost", unit: "a month", num: true }, { head: "Gained", unit: "a month", num: true },
      { head: "Ratio", num: true }, { head: "False share", num: true }, { head: "Result" },
    ],
    rows: rows.map((r) => ({
      cells: [
        `${text(r, "origin") ?? "?"} → ${text(r, "destination") ?? "?"}`, text(r, "hub") ?? "–", text(r, "goods"), text(r, "event_date"), amount(number(r, "lost"), text(r, "measure")),
        number(r, "gained") === null ? "–" : amount(number(r, "gained"), text(r, "measure")), range(r, "ratio", "ratio_low", "ratio_high"), number(r, "q_value") === null ? "–" : percent(number(r, "q_value")), verdictWord(r),
      ],
    })),
  };
}

export function transitTable(rows: Row[]): LaneTable {
  return {
    name: "lost in transit",
    title: "Sent, and not reported on arrival",
    about: "Share of a country's reported exports that the importer does not report, before and after, against comparison lanes.",
    columns: [
      { head: "Lane" }, { head: "Goods" }, { head: "After" }, { head: "Missing before", num: true }, { head: "Missing after", num: true }, { head: "Change", num: true },
      { head: "Elsewhere", num: true }, { head: "p", unit: "placebo", num: true }, { head: "Missing", unit: "USD", num: true },
    ],
    rows: rows.map((r) => ({
      cells: [
        `${text(r, "exporter") ?? "?"} → ${text(r, "importer") ?? "?"}`, text(r, "goods"), text(r, "event_date"), percent(number(r, "missing_before")), percent(number(r, "missing_after")),
        percent(number(r, "change")), percent(number(r, "change_comparison")), score(number(r, "p_placebo")), number(r, "missing_usd"),
      ],
    })),
  };
}

export function coverageTable(rows: Row[]): LaneTable {
  return {
    name: "coverage",
    title: "How much of the published trade the case can see",
    about: "Value of the rows of the case over what is published for the same lane, code and month.",
    columns: [
      { head: "Lane" }, { head: "Goods" }, { head: "Period" }, { head: "Reporter" }, { head: "In the case", unit: "USD", num: true }, { head: "Published", unit: "USD", num: true },
      { head: "Share", num: true }, { head: "Note" },
    ],
    rows: rows.map((r) => ({
      cells: [
        `${text(r, "exporter") ?? "?"} → ${text(r, "importer") ?? "?"}`, text(r, "hs6"), text(r, "period"), text(r, "reporter"), number(r, "declared_usd"), number(r, "published_usd"),
        percent(number(r, "share")), text(r, "note") ?? "–",
      ],
    })),
  };
}
