import type { z } from "zod";
import { type Change, type changePage, limits } from "../../contract/contract.js";
import type { Store } from "../store/database/open.js";
import { changesAfter, newestChange, type PlacedChange } from "../store/submissions/changes.js";
import { type Caller, territoryOf } from "./caller.js";

/**
 * Reads one page of the changes that the caller may see.
 *
 * @param since `next` of the previous page; undefined returns only the current position of the feed
 */
export async function readChanges(
  store: Store,
  caller: Caller,
  since: string | undefined,
): Promise<z.output<typeof changePage>> {
  if (since === undefined) return { items: [], next: String(await newestChange(store)) };
  const found = await changesAfter(store, Number(since), territoryOf(caller), limits.page_items);
  return { items: found.map(changeMessage), next: String(found.at(-1)?.seq ?? since) };
}

/** The change in the format of the API, without its position. */
export function changeMessage({ seq: _, ...change }: PlacedChange): Change {
  return change;
}
