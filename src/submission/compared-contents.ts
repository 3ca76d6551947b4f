import type { Content } from "../contract/contract.js";
import { comparedRevisions } from "../contract/kept-photos.js";
import { exit, isRefusal } from "../errors/errors.js";
import type { NewsroomClient } from "../newsroom-client/types.js";

/** Reads the revisions that `keptPhotos` compares, by number. Asks nothing where nothing was corrected. */
export async function comparedContents(
  newsroom: NewsroomClient,
  id: string,
  submission: Parameters<typeof comparedRevisions>[0],
): Promise<Map<number, Content>> {
  const contents = await Promise.all(
    comparedRevisions(submission).map(async (number) => {
      const found = await newsroom.revision(id, number).catch(hidden);
      return found ? [[number, found.content] as const] : [];
    }),
  );
  return new Map(contents.flat());
}

/** Whoever may not read a revision, or one that was redacted, is told nothing of its photos. */
function hidden(error: unknown): undefined {
  if (!isRefusal(error, exit.failed, exit.denied)) throw error;
  return undefined;
}
