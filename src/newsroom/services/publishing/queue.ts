import type { z } from "zod";
import type { ListedPublication, publicationQuery } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { findPublications } from "../../store/submissions/publications.js";
import { type Caller, scopeOf } from "../caller.js";
import { type Page, pageOf, sliceOf } from "../page.js";

/**
 * Lists the publications of all submissions that the caller sees, oldest first; with `due`, those to be sent now by the newsroom's
 * clock. Throws `invalid` for an unknown cursor.
 */
export async function listAllPublications(
  store: Store,
  caller: Caller,
  { state, due, take_down, ...page }: z.output<typeof publicationQuery>,
  now: Date,
): Promise<Page<ListedPublication>> {
  const filter = {
    scope: scopeOf(caller),
    state,
    dueBy: due === "true" ? now : undefined,
    toGo: take_down === "true",
  };
  return pageOf(
    await findPublications(store, filter, sliceOf(page), now),
    page.limit,
    (publication) => publication.id,
  );
}
