import { limits } from "../../../contract/contract.js";
import type { Caller } from "../../services/caller.js";
import {
  readComments,
  readHistory,
  readRedactions,
  readRevision,
  readRevisions,
} from "../../services/submissions/read.js";
import { readSubmission } from "../../services/submissions/view.js";
import { activeEditors } from "../../store/people/users.js";
import { photoSizes } from "../../store/photos/photo-sizes.js";
import { newestChange } from "../../store/submissions/changes.js";
import type { LoadedSubmission } from "../models/loaded-submission.js";
import type { Desk } from "../types.js";

export interface ById {
  Params: { id: string };
}

/** More than a submission may have of anything: the page shows it whole. */
const all = { limit: 1000 };

/**
 * All that a submission's page shows. Throws `not-found`.
 *
 * @param revision the one to read; the newest when left out
 */
export async function loadSubmission(
  desk: Pick<Desk, "store" | "now">,
  caller: Caller,
  id: string,
  revision?: number,
): Promise<LoadedSubmission> {
  const { store } = desk;
  // Before all else: what comes while this is read is news.
  const last = await newestChange(store);
  const submission = await readSubmission(store, caller, id);
  const wanted = revision ?? submission.revision;
  const read = await readRevision(store, caller, id, wanted);
  const hashes = [...new Set(read.content.photos.map((photo) => photo.sha256))].slice(
    0,
    limits.photos_per_submission,
  );
  return {
    submission,
    content: read.content,
    revision: wanted,
    revisionAuthor: read.author,
    revisions: (await readRevisions(store, caller, id, all)).items,
    comments: (await readComments(store, caller, id, all)).items,
    history: (await readHistory(store, caller, id, all)).items,
    redactions: (await readRedactions(store, caller, id, all)).items,
    sizes: await photoSizes(store, hashes),
    colleagues: submission.state === "in_review" ? await activeEditors(store, desk.now()) : [],
    lastChange: last,
  };
}
