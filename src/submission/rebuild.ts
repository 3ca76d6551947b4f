import { writeAtomically } from "../files/atomic.js";
import type { NewsroomClient } from "../newsroom/client/types.js";
import type { Submission } from "../newsroom/contract.js";
import { editPost } from "../post/edit.js";
import { type Bundle, buildBundle, listBundles } from "../workspace/posts.js";
import { knownSubmission, readState, writeState } from "../workspace/state.js";
import type { Workspace } from "../workspace/types.js";
import { manuscriptOf } from "./content.js";
import { photoFiles } from "./photos.js";
import { fetchPhotos } from "./pull.js";

interface Rebuilt {
  bundle: Bundle;
  photos: { downloaded: number; gone: string[] };
}

/** The bundle of a submission, where the workspace has one; one whose state cannot be read is none. */
export async function findSubmitted(workspace: Workspace, id: string): Promise<Bundle | undefined> {
  for (const bundle of await listBundles(workspace)) {
    const state = await readState(bundle.state).catch(() => undefined);
    if (state?.submission?.id === id) return bundle;
  }
  return undefined;
}

/**
 * Makes a bundle of what the newsroom has of a submission: index.md, the photos as they are there, and what is known
 * of it, so that all goes on from here as from the computer that sent it. Killed anywhere, it leaves none.
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
    await writeAtomically(building.index, editPost("---\n---\n", { ...post, body }));
    await writeState(building.state, {
      submission: knownSubmission(submission, newsroom.origin),
      photos: files.known,
      uploads: {},
    });
  });
  return { bundle, photos };
}
