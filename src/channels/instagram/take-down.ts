import { z } from "zod";
import { exit, failed, KominfoError, temporary } from "../../errors/errors.js";
import { graphFailure, isNotThere, readNode } from "../meta/graph.js";
import { graphProblem } from "../meta/problems.js";
import type { Removal, Session } from "../publishing.js";
import { openAccount } from "./account.js";
import { unnamed } from "./intent.js";

/**
 * Deletes the publication, where the login may, and its pictures at the office's website, where they have to go too. The pictures are
 * removed in any case: the publication is mostly deleted by a person. Where both fail, the pictures' failure is told first. Throws `instagram-not-removable`, `instagram-pictures-open`,
 * `channel-post-unknown` (exit 1), `channel-still-there` (exit 5), and as `graphProblem` and the site's `removePhotos`.
 */
export async function takeDown(session: Session, remoteId: string, removal?: Removal): Promise<void> {
  const named = removal?.photos ? removal.announced.flatMap((keys) => [keys.pictures ?? []].flat()) : [];
  const failure = await removePictures(removal, [...new Set(named)]);
  try {
    await deleteMedia(session, remoteId);
  } catch (error) {
    // Who may not delete it does so by hand, and would not learn that the pictures still open.
    if (!failure || !(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
  }
  if (failure) throw failure;
}

/** Returns why some of them still open; undefined where none does. */
async function removePictures(
  removal: Removal | undefined,
  pictures: readonly string[],
): Promise<KominfoError | undefined> {
  if (pictures.length === 0) return undefined;
  if (!removal?.removePictures) return failed("instagram-pictures-open", { links: pictures });
  try {
    await removal.removePictures(pictures);
    return undefined;
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return error;
  }
}

async function deleteMedia(session: Session, remoteId: string): Promise<void> {
  const { user, asked, graph } = openAccount(session);
  if (remoteId.startsWith(unnamed)) {
    throw failed("channel-post-unknown", { service: "instagram", url: "?" });
  }
  const answer = await graph({ method: "DELETE", path: `/${encodeURIComponent(remoteId)}` });
  if (z.object({ success: z.literal(true) }).safeParse(answer.body).success) return;
  const code = graphFailure(answer)?.code;
  if (code === 10 || code === 200 || code === 3) throw failed("instagram-not-removable");
  const there = await readNode(graph, remoteId, "id");
  if (there.status === 200) {
    if (answer.status === 200) throw temporary("channel-still-there", { service: "instagram", id: remoteId });
    throw graphProblem(answer, asked);
  }
  // Meta says the same of what is gone and of what the login may not see: the account's list tells them apart.
  const list = await graph({
    method: "GET",
    path: `/${encodeURIComponent(user)}/media`,
    query: { fields: "id", limit: "1" },
  });
  if (list.status !== 200) throw graphProblem(list, asked);
  if (!isNotThere(there)) throw temporary("channel-still-there", { service: "instagram", id: remoteId });
}
