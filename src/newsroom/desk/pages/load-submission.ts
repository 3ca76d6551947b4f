import { setImmediate as nextTurn } from "node:timers/promises";
import { limits } from "../../../contract/contract.js";
import { type Caller, territoryOf } from "../../services/caller.js";
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

/** Above every limit of a submission, so the page shows all of it. */
const all = { limit: 1000 };

/**
 * Loads everything that a submission's page shows, which may be megabytes: others are served between its parts, because
 * SQLite answers at once, without a turn of the event loop. Throws `not-found`.
 *
 * @param revision the revision to show; default: the newest
 */
export async function loadSubmission(
  desk: Pick<Desk, "store" | "now">,
  caller: Caller,
  id: string,
  revision?: number,
): Promise<LoadedSubmission> {
  const { store, now } = desk;
  // Read first: changes made while the rest is read then count as news.
  const lastChange = await newestChange(store, territoryOf(caller));
  const submission = await readSubmission(store, caller, id, now());
  await nextTurn();
  const number = revision ?? submission.revision;
  const selected = await readRevision(store, caller, id, number);
  await nextTurn();
  const hashes = [...new Set(selected.content.photos.map((photo) => photo.sha256))].slice(
    0,
    limits.photos_per_submission,
  );
  const comments = (await readComments(store, caller, id, all)).items;
  await nextTurn();
  const history = (await readHistory(store, caller, id, all)).items;
  await nextTurn();
  return {
    submission,
    content: selected.content,
    revision: number,
    revisionAuthor: selected.author,
    revisions: (await readRevisions(store, caller, id, all)).items,
    comments,
    history,
    redactions: (await readRedactions(store, caller, id, all)).items,
    sizes: await photoSizes(store, hashes),
    colleagues: submission.possible.includes("reassign") ? await activeEditors(store, desk.now()) : [],
    lastChange,
  };
}
