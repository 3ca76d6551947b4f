import type { Submission } from "../contract/contract.js";
import { writeAtomically } from "../files/atomic.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import { editPost } from "../post/front-matter/edit.js";
import { readPost } from "../post/front-matter/read.js";
import { type Bundle, buildBundle, listBundles } from "../workspace/posts.js";
import { readState, submissionRecord, writeState } from "../workspace/state.js";
import type { Workspace } from "../workspace/types.js";
import { manuscriptOf } from "./content.js";
import { manuscriptMark } from "./mark.js";
import { photoFiles } from "./photos.js";
import { fetchPhotos } from "./pull.js";

interface Rebuilt {
  bundle: Bundle;
  photos: { downloaded: number; gone: string[] };
}

/** Finds the bundle of a submission in the workspace. Skips bundles whose state cannot be read. */
export async function findSubmitted(workspace: Workspace, id: string): Promise<Bundle | undefined> {
  for (const bundle of await listBundles(workspace)) {
    const state = await readState(bundle.state).catch(() => undefined);
    if (state?.submission?.id === id) return bundle;
  }
  return undefined;
}

/**
 * Makes a bundle from a submission: index.md, the newsroom's photos and the state. Work can then continue as on the
 * computer that sent it. A process killed at any point leaves no bundle.
 */
export async function rebuildPost(
  workspace: Workspace,
  newsroom: NewsroomClient,
  submission: Submission,
): Promise<Rebuilt> {
  const { content } = submission;
  let photos: Rebuilt["photos"] = { downloaded: 0, gone: [] };
  const bundle = await buildBundle(workspace, content.slug, async (building) => {
    const files = await photoFiles(building, []);
    const { post, body } = manuscriptOf(content, files.of(content));
    const gone = await fetchPhotos(building, newsroom, files.missing);
    photos = { downloaded: files.missing.size - gone.length, gone };
    const index = editPost("---\n---\n", { ...post, body });
    await writeAtomically(building.index, index);
    const read = readPost(index);
    const mark = manuscriptMark({ post: read.post ?? post, body: read.body });
    await writeState(building.state, {
      submission: submissionRecord(submission, newsroom.origin),
      sent: { revision: submission.revision, mark },
      photos: files.fromNewsroom,
      uploads: {},
    });
  });
  return { bundle, photos };
}
