import type { z } from "zod";
import type { Publication, requestTakeDown } from "../../../contract/contract.js";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { findFrozen } from "../../store/submissions/approvals.js";
import { storedAttempts } from "../../store/submissions/attempts.js";
import { insertTransition } from "../../store/submissions/history.js";
import { isToGo, listPublications, storedPublications } from "../../store/submissions/publications.js";
import type { Caller } from "../caller.js";
import { problem } from "../problem.js";
import { noteTakeDown, wasSent } from "../submissions/take-down.js";
import { visibleSubmission } from "../submissions/view.js";
import { recordPublicationChange } from "./release.js";
import { requireOutlet, requireRecorder } from "./senders.js";
import type { PublicationAddress } from "./target.js";

/**
 * Asks for a publication to be taken down at once. Editors may, and operators for what went to their own kecamatan's pages: nobody has
 * to be waited for when a child or somebody's data is on them. It stays published until a machine has proved that it is gone, or an editor
 * confirms it for a link that was recorded by hand. The editors read of it in the history and the change feed. Repeating it changes
 * nothing. Throws `not-found`, `forbidden`, and `conflict` for what is not published.
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
  if (publication.state === "unclear" || publication.state === "publishing") {
    throw problem("conflict", { detail: "undecided", possible: [] });
  }
  if (publication.state !== "published" && publication.state !== "unpublished") {
    throw problem("conflict", { possible: [] });
  }
  if (publication.state === "published" && !isToGo(publication)) {
    await noteTakeDown(transaction, [publication.id], { by: caller.id, cause, reason }, now);
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

/** As people write them in the history, which is the newsroom's own text. */
const causeWords = {
  personal_data: "data pribadi",
  child: "anak",
  mistake: "keliru",
  hacked: "akun diretas",
} as const;
