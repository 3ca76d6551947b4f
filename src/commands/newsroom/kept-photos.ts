import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import type { Submission } from "../../contract/contract.js";
import { type KeptPhotos, keptPhotos } from "../../contract/kept-photos.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { comparedContents } from "../../submission/compared-contents.js";
import { cleanLine } from "../../text/clean.js";

/** Reads where photos are still out that the approved revision does not have any more. Asks nothing where nothing was corrected. */
export async function loadKeptPhotos(
  newsroom: NewsroomClient,
  submission: Submission,
): Promise<KeptPhotos[]> {
  return keptPhotos(submission, await comparedContents(newsroom, submission.id, submission));
}

/**
 * What says that a post keeps photos which are not approved any more, and what takes them from its readers.
 *
 * @param id of the submission
 * @param name of its post, as commands take it
 */
export function keptLines(
  { messages }: Context,
  kept: KeptPhotos,
  id: string,
  name = id,
): [what: string, todo: string] {
  const { channel, url, photos } = kept;
  const names = photos.map(({ filename, sha256 }) => cleanLine(filename) || sha256.slice(0, 8));
  const words = messages.publish.kept;
  return [
    words.photos({ channel: channelLabel(channel), names, url: url === null ? null : cleanLine(url) }),
    words.remedy({ channel, post: name, id }),
  ];
}
