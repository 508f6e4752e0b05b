/** What the server answers, as its API page says. null = not stated. */

export interface SourceAccount {
  source: string;
  kind: string;
  sha256: string;
  records_read: number;
  loaded: number;
  rejected: number;
  duplicates: number;
  sealed: boolean;
}

export interface StageState {
  stage: string;
  done: boolean;
}

export interface CaseInfo {
  title: string;
  question: string | null;
  folder_name: string;
  simulated: boolean;
  run_id: string | null;
  version: string;
  engine: string;
  replay: string[];
  stale: string[];
  stages: StageState[];
  views: Partial<Record<string, boolean>>;
  totals: {
    rows: number;
    lots: number;
    value_usd: number | null;
    firms: number;
    sources: number;
    rejected: number;
    duplicates: number;
    loaded: number;
    first_date: string | null;
    last_date: string | null;
  };
  coverage: string[];
  sources: SourceAccount[];
  answer: string[];
  /** The same sentences in pieces; a `link` is the id of a figure. */
  answer_spans?: { text: string; kind: string; href: string }[][];
  watch: unknown;
}

export interface ValueRange {
  value: number | null;
  low: number | null;
  high: number | null;
  unstated: number;
}

export interface SelectionSummary {
  rows: number;
  lots: number;
  value_usd: ValueRange;
  kg: number | null;
  pieces: number | null;
  firms: number;
  first_date: string | null;
  last_date: string | null;
}

export interface FacetOption {
  value: string;
  label: string;
  count: number;
  selected: boolean;
}

export interface Facet {
  name: string;
  label: string;
  options: FacetOption[];
  more: number;
}

export interface MonthCount {
  month: string;
  count: number;
  in_selection: number;
}

export interface Facets {
  facets: Facet[];
  dates: MonthCount[];
}

export interface RowMark {
  mark: string;
  label: string;
  id: string | null;
}

export interface ShipmentRow {
  shipment_id: string;
  source: string;
  row: number;
  date: string | null;
  date_precision: string | null;
  direction: string | null;
  seller: string | null;
  seller_party: string | null;
  seller_country: string | null;
  buyer: string | null;
  buyer_party: string | null;
  buyer_country: string | null;
  description: string | null;
  hs_code: string | null;
  quantity: number | null;
  unit: string | null;
  net_kg: number | null;
  value: number | null;
  currency: string | null;
  value_usd: number | null;
  origin_country: string | null;
  departure_country: string | null;
  destination_country: string | null;
  family: string | null;
  brand: string | null;
  model: string | null;
  evidence: string | null;
  vague: boolean | number | null;
  /** Roles whose cell is filled but could not be read, separated by ;. */
  unread?: string | null;
  marks: RowMark[];
}

export interface ShipmentPage {
  total: number;
  offset: number;
  rows: ShipmentRow[];
}

export interface PartyOfShipment {
  side: string;
  party_id: string;
  name: string | null;
  score: number | null;
  reasons: string | string[] | null;
  judgements: { judgement: string; by: string | null; at: string | null }[];
  pair: { left: string; right: string } | null;
}

export interface Evidence {
  shipment: Record<string, string | number | boolean | null>;
  title: string;
  raw: { text: string | null; spans: [number, number, string][]; note: string | null };
  read_as: {
    what: string;
    in_record: string | null;
    read_as: string | null;
    how: string | null;
    score: number | null;
  }[];
  goods: Record<string, string | number | boolean | null> | null;
  price: Record<string, string | number | boolean | null> | null;
  duplicate_of: string | null;
  duplicates: string[];
  counts_in: {
    figures: { figure_id: string; label: string; value: string | number | null; unit: string; readings: string[] }[];
    chains: {
      chain_id: string;
      position: number | null;
      hops: number | null;
      continuity: number | null;
      concern: number | null;
    }[];
    indicators: { rule_id: string; source: string; strength: string | null; evidence: string | null }[];
  };
  parties: PartyOfShipment[];
  source: { source: string; sha256: string | null; kind: string | null; row: number; sealed: boolean };
  citation: string;
}

export interface PartyRow {
  party_id: string;
  name: string;
  country: string | null;
  kind: string | null;
  names: number;
  rows: number;
  value_usd: number | null;
  hits: number;
  first_date: string | null;
  last_date: string | null;
  roles: string[];
}

export interface PartyPage {
  total: number;
  rows: PartyRow[];
}

export interface PartyDetail {
  party: {
    party_id: string;
    name: string;
    country: string | null;
    kind: string | null;
    identifiers: string[] | string | null;
    role: string | null;
    broad_party?: string | null;
    rows: number | null;
    value_usd: number | null;
  };
  names: {
    name: string;
    country: string | null;
    method: string;
    score: number | null;
    rows: number;
    script: string | null;
    lang?: string | null;
    for?: string[];
    against?: string[];
  }[];
  hits: {
    list: string;
    entry_id: string;
    entry_name: string | null;
    score: number | null;
    decision: string;
    for: string[];
    against: string[];
  }[];
  asked: { list: string; date: string | null; sha256?: string | null }[];
  links: {
    party_id: string;
    name: string | null;
    kind: string;
    declared: boolean | number | string;
    evidence: string | null;
  }[];
  pairs: {
    left: string;
    right: string;
    left_party?: string | null;
    right_party?: string | null;
    rows?: number | null;
    value_usd?: number | null;
    score: number | null;
    reasons_for: string[];
    reasons_against: string[];
    judgement: string | null;
    by: string | null;
  }[];
  series: { month: string; rows: number; value_usd: number | null }[];
  top: { sellers: TopFirm[]; buyers: TopFirm[] };
}

export interface TopFirm {
  party_id: string;
  name: string;
  country?: string | null;
  rows: number;
  value_usd: number | null;
}

export interface ReviewQuestion {
  left: string;
  right: string;
  left_country: string | null;
  right_country: string | null;
  left_identifier: string | null;
  right_identifier: string | null;
  rows: number;
  usd: number | null;
  worth: number | null;
}

export interface Review {
  left: number;
  questions: ReviewQuestion[];
}

export interface Why {
  score: number | null;
  reasons_for: string[];
  reasons_against: string[];
}

export type Judgement = "same" | "different" | "unsure" | "withdrawn";

export interface Judged {
  ok: boolean;
  stale: boolean;
  by: string | null;
  at: string | null;
}

export interface Figure {
  figure_id: string;
  label: string;
  definition: string;
  value: string | number | null;
  low: string | number | null;
  high: string | number | null;
  unit: string;
  rows: number;
  coverage: string;
  method: string;
  mark: string;
  readings: { strict: string | number | null; central: string | number | null; broad: string | number | null };
  choices: {
    choice: string;
    low: string | number | null;
    high: string | number | null;
    effect: string | number | null;
  }[];
  /** Denials, and statements that the records contradict: the same that the dossier prints. */
  counter: { said: { claim_id: string; denial: boolean; quote: string; outlet: string; date: string | null; reason: string | null }[]; more: number };
  window: { since: string | null; until: string | null } | null;
  measure: string;
  rule?: string | null;
  subject: string | null;
  subject_id: string | null;
  rank: number | null;
  lever: string | null;
}

export interface WaterfallStep {
  step: string;
  label: string;
  kind: string;
  rows: number;
  value_usd: number | null;
  without_value: number;
}

export interface Figures {
  /** The figure the page opens with: the same as in the dossier. */
  lead?: string | null;
  figures: Figure[];
  waterfall: WaterfallStep[];
  left_out: { source: string; kind: string; reason: string; rows: number; first_row: number | null; excerpt: string | null }[];
}

export interface RunState {
  state: "idle" | "running" | "done" | "failed";
  stage: string | null;
  step: string | null;
  number: number | null;
  of: number | null;
  stages_done: string[];
  started: string | null;
  error: { what: string; where: string; fix: string } | null;
  /** What another program does with the case; null where it does nothing. */
  elsewhere?: { state: "running" | "newer"; run_id: string | null } | null;
}

/** The source opened at a record. */
export interface FileLines {
  shipment_id: string;
  source: string;
  file: string;
  sheet: string | null;
  format: string | null;
  sha256: string;
  records: number | null;
  columns: string[];
  /** Cells are parted by tabs: the file is no text. */
  tabs: boolean;
  lines: {
    row: number;
    line: number | null;
    sheet_row: number | null;
    bytes: [number, number] | null;
    text: string;
    length: number;
    spans: [number, number, string][];
    here: boolean;
    place: string;
  }[];
}

// ---- views: chains, routes, claims, network, map, timeline -------------------------------------------------------------

type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

export interface ChainRow {
  chain_id: string;
  rank: number;
  continuity: number;
  concern: number;
  hops: number;
  goods: string | null;
  quantity: number | null;
  value_usd: number | null;
  first_date: string | null;
  last_date: string | null;
  weakest_link: string | number | null;
  rivals: number | null;
  reasons: string[];
  parties: { party_id: string; name: string; country: string | null }[];
}

export interface Chains {
  total: number;
  expected_false: number | null;
  rows: ChainRow[];
  quality: unknown;
  hubs: Row[];
}

export interface ChainSide {
  party_id: string;
  name: string;
  names: string[];
  country: string | null;
}

export interface ChainHop {
  position: number;
  shipment_id: string;
  from: ChainSide;
  to: ChainSide;
  date: string | null;
  goods: string | null;
  quantity: number | null;
  unit: string | null;
  net_kg: number | null;
  value_usd: number | null;
  strength: number | null;
  share: number | null;
  lag_days: number | null;
  declared: boolean | number | string | null;
  reasons: string | string[] | null;
}

export interface ChainDetail {
  chain: Row & { chain_id: string };
  hops: ChainHop[];
  alternatives: unknown;
  sentence: string;
}

export interface Routes {
  mirror_gap: Row[];
  route_break: Row[];
  substitution: Row[];
  lost_in_transit: Row[];
  route_coverage: Row[];
  route_test?: Row[];
  /** Moves of a level and results by verdict, of all rows; the tables above may be cut. */
  moved?: number;
  verdicts?: Record<string, number>;
  pictures: { name: string; title: string; svg: string; note?: string | null; table: { columns: string[]; rows: Cell[][] } }[];
  note: string | null;
}

export interface ClaimRow {
  claim_id: string;
  text?: string;
  quote?: string;
  outlet: string | null;
  date: string | null;
  document: string | null;
  start: number | null;
  end: number | null;
  stage: string | null;
  stance: string | null;
  root: string | null;
  [figure: string]: unknown;
}

export interface ClaimCluster {
  cluster: string;
  label: string;
  root: string | null;
  independence: string | null;
  claims: ClaimRow[];
  drift: Row[];
  contradiction: Row[];
  verdict: { verdict: string; figure_id: string | null; reason: string; [more: string]: unknown } | null;
}

export interface Claims {
  total: number;
  clusters: ClaimCluster[];
  ledger: Row[];
}

export interface DocumentText {
  source: string;
  outlet: string | null;
  date: string | null;
  title: string | null;
  text: string;
  claims: { claim_id: string; start: number; end: number; kind: string }[];
}

export interface NetworkNode {
  id: string;
  label: string;
  country: string | null;
  role: "maker" | "trader" | "hub" | "consignee" | "forwarder";
  rows: number;
  value_usd: number | null;
  x: number;
  y: number;
  listed: boolean | number | null;
}

export interface NetworkEdge {
  from: string;
  to: string;
  rows: number;
  value_usd: number | null;
  pieces: number | null;
  weakest: boolean | number | null;
  chain: string | null;
}

export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  firms: number;
  drawn: number;
  unnamed: number;
  note: string | null;
}

export interface FlowMap {
  places: { code: string; name: string; lon: number; lat: number }[];
  flows: { from: string; to: string; rows: number; value_usd: number | null; before_usd: number | null; held?: boolean }[];
  outlines: string | null;
  note: string | null;
}

export interface Timeline {
  lanes: {
    party_id: string;
    name: string;
    country: string | null;
    lots: {
      shipment_id: string | null;
      date: string;
      pieces: number | null;
      value_usd: number | null;
      rows: number;
    }[];
  }[];
  months: { month: string; has_file: boolean; sources: string[] | number }[];
  events: { date: string; name: string }[];
  firms: number;
  drawn: number;
  note: string | null;
}
