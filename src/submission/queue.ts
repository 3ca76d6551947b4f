import { isDeepStrictEqual } from "node:util";
import { type Content, content as contentShape } from "../contract/contract.js";
import { temporary } from "../errors/errors.js";
import { sha256File } from "../files/hash.js";
import { realInside } from "../files/links.js";
import type { PostPhoto } from "../post/types.js";
import { type Bundle, readBundle } from "../workspace/posts.js";
import { type PostState, readState, withoutQueued, withStateLock, writeState } from "../workspace/state.js";
import { contentOf, type RenderedPhoto } from "./content.js";
import { fitContent } from "./features.js";

/**
 * Whether a post says something else by now than what waits to be sent: that was written down when it was submitted, and goes out as it was
 * then. False where nothing waits.
 *
 * @param hashtags of the workspace, without `#`
 */
export async function hasLaterChanges(
  bundle: Bundle,
  state: PostState,
  hashtags: readonly string[] = [],
): Promise<boolean> {
  const waiting = (state.queued ?? state.pending)?.content;
  if (!waiting) return false;
  const { post, body } = await readBundle(bundle);
  if (post?.photos.length !== waiting.photos.length) return true;
  const rendered = new Map<string, RenderedPhoto>();
  for (const [i, photo] of post.photos.entries()) {
    const sent = waiting.photos[i]!;
    if (!(await isSamePicture(bundle, state, photo, sent))) return true;
    rendered.set(photo.file, sent);
  }
  const now = contentOf(bundle.slug, post, body, rendered, hashtags);
  return !isSame(now, waiting);
}

async function isSamePicture(
  { folder }: Bundle,
  { photos }: PostState,
  { file }: PostPhoto,
  sent: RenderedPhoto,
): Promise<boolean> {
  try {
    const sha256 = await sha256File(await realInside(folder, `${folder}/${file}`));
    const source = Object.hasOwn(photos, sha256) ? photos[sha256]!.source_sha256 : sha256;
    // What came from the newsroom has the hash of the original that it names, or none.
    return source === undefined || source === (sent.source_sha256 ?? sent.sha256);
  } catch {
    return false;
  }
}

/** A request that is under way may have been fitted to an older newsroom: what was left out of it is no change. */
function isSame(now: Content, waiting: Content): boolean {
  const read = contentShape.safeParse(now);
  if (!read.success) return false;
  const same = (other: Content) => isDeepStrictEqual(contentShape.parse(other), waiting);
  const { correction_note } = waiting;
  const known = [
    ...(correction_note ? ["correction_note"] : []),
    ...(waiting.photos.some(({ children }) => children === "unrecognisable") ? ["unrecognisable"] : []),
  ];
  try {
    return same(read.data) || same(fitContent(read.data, known, ""));
  } catch {
    return false;
  }
}

/**
 * Takes what waits out of the queue, so that nothing sends it any more; returns whether something did. Throws `withdraw-unclear` (exit 5)
 * where it was sent and the answer was lost: nobody knows whether the newsroom has it. Throws `lock-held` (exit 5).
 */
export async function takeOutOfQueue(bundle: Bundle): Promise<boolean> {
  return withStateLock(bundle.state, async () => {
    const state = await readState(bundle.state);
    if (state.queued) {
      await writeState(bundle.state, withoutQueued(state));
      return true;
    }
    if (state.pending && !state.submission) throw temporary("withdraw-unclear", { post: bundle.slug });
    return false;
  });
}
