import type { z } from "zod";
import type { ChannelName } from "../../../channels/registry.js";
import type { Publication, requestTakeDown } from "../../../contract/contract.js";
import { removesPhotos, type TakeDownCause } from "../../../contract/lifecycle.js";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { findFrozen } from "../../store/submissions/approvals.js";
import { storedAttempts } from "../../store/submissions/attempts.js";
import { insertTransition } from "../../store/submissions/history.js";
import {
  listPublications,
  type StoredPublication,
  storedPublications,
} from "../../store/submissions/publications.js";
import { stoppedReason } from "../../store/submissions/redact-publications.js";
import type { Caller } from "../caller.js";
import { problem } from "../problem.js";
import { noteOnUndecided, noteTakeDown, stopUnsent, wasSent } from "../submissions/take-down.js";
import { visibleSubmission } from "../submissions/view.js";
import { recordPublicationChange } from "./release.js";
import { requireOutlet, requireRecorder } from "./senders.js";
import type { PublicationAddress } from "./target.js";

/**
 * Asks for a publication to be taken down at once. Editors may, and operators for what went to their own kecamatan's pages: nobody has
 * to be waited for when a child or somebody's data is on them. It stays published until a machine has proved that it is gone, or an editor
 * confirms it for a link that was recorded by hand. What of the submission is not out yet is stopped, on all channels; what may be out is
 * taken down once it is found to be. The editors read of it in the history and the change feed. Repeating it changes nothing, but a
 * graver cause counts. Throws `not-found`, `forbidden`, and `conflict` for what has failed, and with the detail `already-down` where it was
 * taken down from a website without its photos, for a cause that takes them too: no machine finds them any more.
 */
export async function askForTakeDown(
  transaction: Store,
  caller: Caller,
  { id, publication: publicationId }: PublicationAddress,
  { cause, reason = "" }: z.output<typeof requestTakeDown>,
  now: Date,
): Promise<Publication> {
  const submission = await visibleSubmission(transaction, id, caller);
  const all = await storedPublications(transaction, submission.id);
  const publication = all.find((candidate) => candidate.id === publicationId.toLowerCase());
  if (!publication) throw problem("not-found");
  const approved = await findFrozen(transaction, submission.id, publication.revision);
  const destinations = approved?.destinations ?? [];
  const isSent = wasSent(publication, await storedAttempts(transaction, publication.id));
  if (abilities[caller.role].steps === "operator") {
    if (isSent) await requireOutlet(transaction, caller, submission, destinations, publication);
    else requireRecorder(caller, submission, destinations, "published");
  }
  const { state } = publication;
  const isRequested = publication.take_down_requested_at !== null;
  // What has failed or is gone needs no request; whoever repeats one is told what it is now.
  if (state === "failed" && !isRequested) throw problem("conflict", { possible: [] });
  const isTooLate =
    state === "unpublished" &&
    publication.channel === ("web" satisfies ChannelName) &&
    isGraver(cause, publication.take_down_cause);
  if (isTooLate) throw problem("conflict", { detail: "already-down", possible: [] });
  const isNew = state !== "unpublished" && !(isRequested && !isGraver(cause, publication.take_down_cause));
  if (isNew && state !== "failed") {
    const request = { by: caller.id, cause };
    if (state === "published") await noteTakeDown(transaction, [publication.id], { ...request, reason }, now);
    const why = [`${stoppedReason} (${causeWords[cause]})`, reason.trim()].filter(Boolean).join(": ");
    await stopUnsent(transaction, all, request, why, now);
    const after = await storedPublications(transaction, submission.id);
    // A correction that a machine is just sending brings the same thing out again.
    const isCorrecting = (other: StoredPublication) =>
      other.channel === publication.channel &&
      other.account === publication.account &&
      other.revision > publication.revision &&
      (other.take_down_requested_at === null || isGraver(cause, other.take_down_cause));
    const rows = after.filter((other) => other.id === publication.id || isCorrecting(other));
    await noteOnUndecided(transaction, rows, request, now);
    await insertTransition(
      transaction,
      {
        submission_id: submission.id,
        by_id: caller.id,
        step: "unpublish",
        from_state: submission.state,
        to_state: submission.state,
        reason: [`${publication.channel}: ${causeWords[cause]}`, reason.trim()].filter(Boolean).join(". "),
        revision: publication.revision,
        assignee_id: null,
      },
      now,
    );
    await recordPublicationChange(transaction, submission, null, now);
  }
  return (await listPublications(transaction, submission.id, now)).find(
    (other) => other.id === publication.id,
  )!;
}

/** Whether this cause takes more with it than the one that was named before: the photos too. */
function isGraver(cause: TakeDownCause, before: TakeDownCause | null): boolean {
  return removesPhotos(cause) && !removesPhotos(before);
}

/** As people write them in the history, which is the newsroom's own text. */
const causeWords = {
  personal_data: "data pribadi",
  child: "anak",
  mistake: "keliru",
  hacked: "akun diretas",
} as const;
