import type { z } from "zod";
import { type Change, type changePage, limits } from "../../contract/contract.js";
import type { Store } from "../store/database/open.js";
import { changesAfter, newestChange, type PlacedChange } from "../store/submissions/changes.js";
import type { Caller } from "./caller.js";

/**
 * What has changed since, so far as the caller may see it, at most a page.
 *
 * @param since `next` of the answer before; undefined tells only where the feed is now
 */
export async function readChanges(
  store: Store,
  caller: Caller,
  since: string | undefined,
): Promise<z.output<typeof changePage>> {
  if (since === undefined) return { items: [], next: String(await newestChange(store)) };
  const found = await changesAfter(store, Number(since), caller.kecamatan, limits.page_items);
  return { items: found.map(changeMessage), next: String(found.at(-1)?.seq ?? since) };
}

/** As it is told, without its place. */
export function changeMessage({ seq: _, ...change }: PlacedChange): Change {
  return change;
}
