import { setImmediate as nextTurn } from "node:timers/promises";
import type { z } from "zod";
import {
  type Content,
  categories,
  type PhotoReference,
  type Redaction,
  type redactionRequest,
} from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { findPhoto } from "../../store/photos/photos.js";
import { markResidue } from "../../store/service/residue.js";
import { redactApprovalsOf, removePhotoFromApprovals } from "../../store/submissions/approvals.js";
import { noteChange } from "../../store/submissions/history.js";
import {
  dropDecidedIntents,
  redactPublicationsOf,
  replaceTakeDownReasons,
} from "../../store/submissions/redact-publications.js";
import {
  findReason,
  findRedaction,
  insertRedaction,
  placeholder,
  type RedactionTarget,
  referringRevisions,
  removeNote,
  removePhoto,
  replaceComment,
  replaceContent,
  replaceText,
} from "../../store/submissions/redactions.js";
import { findRevision, readContent } from "../../store/submissions/revisions.js";
import {
  columnsOf,
  type SubmissionWithNames,
  updateSubmission,
} from "../../store/submissions/submissions.js";
import { record } from "../audit.js";
import { type Caller, requireAdmin } from "../caller.js";
import { problem } from "../problem.js";
import { visibleSubmission } from "./view.js";

/**
 * Removes a revision's text, a comment, the reason of a step or a photo, and what approvals and publications hold of them. A tombstone records the admin, the time, the
 * reason and the legal basis (UU 27/2022 on personal data). A repeated redaction returns the first tombstone. No other
 * operation removes content. Stored idempotent answers that repeat the content are deleted too. After the commit the
 * caller clears the stores (`removeRedacted`); backups age out. Throws `forbidden`, `not-found`.
 */
export async function redact(
  transaction: Store,
  caller: Caller,
  wanted: z.output<typeof redactionRequest>,
  now: Date,
): Promise<{ redaction: Redaction; isNew: boolean }> {
  requireAdmin(caller);
  const target = targetOf(wanted);
  const before = await findRedaction(transaction, target);
  if (before) return { redaction: before, isNew: false };
  if ("sha256" in wanted) await redactPhoto(transaction, wanted.sha256, now);
  else await redactPart(transaction, caller, wanted, now);
  const { reason, legal_basis } = wanted;
  await markResidue(transaction);
  await insertRedaction(transaction, { ...target, by_id: caller.id, reason, legal_basis }, now);
  const redaction = (await findRedaction(transaction, target))!;
  await record(transaction, caller, { event: "redacted", object: redaction.id }, now);
  return { redaction, isNew: true };
}

type RedactionRequest = z.output<typeof redactionRequest>;
type Part = Exclude<RedactionRequest, { sha256: string }>;

function targetOf(wanted: RedactionRequest): RedactionTarget {
  const noTarget = {
    submission_id: null,
    revision: null,
    comment_id: null,
    transition_id: null,
    sha256: null,
  };
  if ("sha256" in wanted) return { ...noTarget, sha256: wanted.sha256 };
  const part = { ...noTarget, submission_id: wanted.submission.toLowerCase() };
  if ("comment" in wanted) return { ...part, comment_id: wanted.comment.toLowerCase() };
  if ("transition" in wanted) return { ...part, transition_id: wanted.transition.toLowerCase() };
  return { ...part, revision: wanted.revision };
}

async function redactPart(transaction: Store, caller: Caller, wanted: Part, now: Date): Promise<void> {
  const submission = await visibleSubmission(transaction, wanted.submission, caller);
  let columns = {};
  if ("comment" in wanted) {
    const id = wanted.comment.toLowerCase();
    if (!(await replaceComment(transaction, submission.id, id, placeholder))) throw problem("not-found");
  } else if ("transition" in wanted) {
    const id = wanted.transition.toLowerCase();
    const reason = await findReason(transaction, submission.id, id);
    const hadNote = await removeNote(transaction, submission.id, id, placeholder);
    if (reason === undefined && !hadNote) throw problem("not-found");
    if (reason !== undefined) {
      await replaceText(transaction, submission.id, reason, placeholder);
      await replaceTakeDownReasons(transaction, submission.id, reason);
    }
  } else {
    columns = await redactRevision(transaction, submission, wanted.revision);
  }
  await updateSubmission(transaction, submission.id, columns, now);
  await noteChange(transaction, submission, "redacted", now);
}

/** Returns the changed columns of the submission's own row. */
async function redactRevision(transaction: Store, submission: SubmissionWithNames, number: number) {
  const revision = await findRevision(transaction, submission.id, number);
  if (!revision) throw problem("not-found");
  const tombstone = withoutText(revision.content);
  await replaceContent(transaction, submission.id, number, tombstone);
  await redactApprovalsOf(transaction, submission.id, number);
  await redactPublicationsOf(transaction, submission.id, number);
  // A resubmission stores the revision's message as the reason of the step, too.
  if (revision.message) await replaceText(transaction, submission.id, revision.message, placeholder);
  return number === submission.revision ? columnsOf(tombstone) : {};
}

async function redactPhoto(transaction: Store, sha256: string, now: Date): Promise<void> {
  const photo = await findPhoto(transaction, sha256);
  if (!photo || photo.removed_at !== null) throw problem("not-found");
  await removePhoto(transaction, sha256, now);
  for (const { submission, number } of await referringRevisions(transaction, sha256)) {
    const content = await readContent(transaction, submission.id, number);
    const photos = content.photos.map((entry) => (entry.sha256 === sha256 ? withoutWords(entry) : entry));
    await replaceContent(transaction, submission.id, number, { ...content, photos });
    await removePhotoFromApprovals(transaction, submission.id, number, content, sha256);
    await dropDecidedIntents(transaction, submission.id, number);
    await noteChange(transaction, submission, "redacted", now);
    // Hundreds of revisions may have the photo, and SQLite answers without a turn of the event loop.
    await nextTurn();
  }
}

/** Keeps only what identifies no person and no file: source, consent and position. */
function withoutWords({ sha256, source, children, lead }: PhotoReference): PhotoReference {
  return {
    ...{ sha256, source, children, lead },
    ...{ filename: placeholder, caption: placeholder, alt: placeholder, credit: placeholder },
  };
}

/** Keeps only the fields that identify no person: kind, priority, and a category of the list. */
function withoutText({ kind, category, priority }: Content): Content {
  const isListed = categories.some((listed) => listed === category);
  return {
    ...{ kind, category: isListed ? category : "", priority },
    ...{ slug: "dihapus", title: placeholder, body: placeholder },
    ...{ tags: [], channel_texts: {}, photos: [], answers: {}, internal: {} },
  };
}
