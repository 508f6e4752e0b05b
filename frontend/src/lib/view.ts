import type { Api } from "./api";
import type { Picture } from "./picture";
import type { View } from "./router";
import type { Local, Patch, Selection } from "./selection";
import type { CaseInfo } from "./types";

/** What every view is given by the shell. */
export interface ViewProps {
  selection: Selection;
  /** Keys of the URL that are not the selection: `id` is the thing opened in this view, `row` the shipment in the drawer. */
  local: Local;
  api: Api;
  info: CaseInfo;
  /** Shows a shipment in the evidence drawer; null closes it. */
  open: (shipmentId: string | null) => void;
  /** Replaces some keys of the selection; `[]` removes one. */
  select: (patch: Patch) => void;
  /** Goes to a view. Without `selection` the present one is kept; `local` starts empty. */
  go: (view: View, to?: { selection?: Selection; local?: Local }) => void;
  /** Replaces some of the view's own keys, without a new step in the history. */
  keep: (patch: Record<string, string | null | undefined>) => void;
  /** A picture that the Export button can save as PNG and SVG; null when there is none. */
  offerPicture: (picture: Picture | null) => void;
}
