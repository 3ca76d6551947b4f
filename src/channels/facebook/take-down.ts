import { z } from "zod";
import type { LookupKeys } from "../../contract/contract.js";
import { temporary } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import { isNotThere, readNode } from "../meta/graph.js";
import { graphProblem } from "../meta/problems.js";
import type { Removal, Session } from "../publishing.js";
import { checkPage, openPage } from "./page.js";

/** Photos that are deleted at a time. */
const removedAtOnce = 3;

/**
 * Deletes the post; then its photos, where they have to go too. They were uploaded for it alone, and Meta's reference does not say that
 * they go with the post, so each is deleted by its id (`Photo.#delete` of the Graph API). Throws `channel-still-there` (exit 5) where it
 * is not proved that one of them is gone, and as `graphProblem`.
 */
export async function takeDown(session: Session, remoteId: string, removal?: Removal): Promise<void> {
  await remove(session, remoteId);
  const photos = removal?.photos ? photosOf(removal.announced) : [];
  await forEachConcurrently(photos, removedAtOnce, (id) => remove(session, id));
}

/** The unpublished photos that these intents name. */
function photosOf(announced: readonly LookupKeys[]): string[] {
  const ids = announced.flatMap(({ photos = [] }) => [photos].flat());
  return [...new Set(ids)].filter((id) => /^\d{5,30}$/.test(id));
}

/** @param id of a post or a photo */
async function remove(session: Session, id: string): Promise<void> {
  const { asked, graph } = openPage(session);
  const answer = await graph({ method: "DELETE", path: `/${encodeURIComponent(id)}` });
  if (z.object({ success: z.literal(true) }).safeParse(answer.body).success) return;
  const there = await readNode(graph, id, "id");
  if (there.status === 200) {
    if (answer.status === 200) throw temporary("channel-still-there", { service: "facebook", id });
    throw graphProblem(answer, asked);
  }
  await checkPage(session);
  if (!isNotThere(there)) throw temporary("channel-still-there", { service: "facebook", id });
}
