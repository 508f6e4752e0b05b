/** Names of the values of the selection that are ids: filled by what the views read anyway, asked for where nothing told yet. */

import { untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import { api } from "./api";
import type { Key } from "./selection";

const known = new SvelteMap<string, string>();
const asked = new Set<string>();
const FIRMS: ReadonlySet<Key> = new Set<Key>(["seller", "buyer", "party"]);

/** The first name that is told stays: a firm goes by many spellings. */
export function learn(key: Key, value: string, label: string): void {
  const at = FIRMS.has(key) ? `party ${value}` : `${key} ${value}`;
  untrack(() => {
    if (label && !known.has(at)) known.set(at, label);
  });
}

/** The name of a value, or the value until its name is known. */
export function nameOf(key: Key, value: string): string {
  const at = FIRMS.has(key) ? `party ${value}` : `${key} ${value}`;
  return known.get(at) ?? value;
}

/** Asks for the name of a firm that nothing told yet. */
export function lookUp(partyId: string): void {
  if (known.has(`party ${partyId}`) || asked.has(partyId)) return;
  asked.add(partyId);
  void api.party(partyId).then(
    (found) => learn("party", partyId, found.party.name),
    () => undefined, // the id stays as it is
  );
}
