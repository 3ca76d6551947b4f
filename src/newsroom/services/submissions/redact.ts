import type { z } from "zod";
import type { Content, Redaction, redactionRequest } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { findPhoto } from "../../store/photos/photos.js";
import { noteChange } from "../../store/submissions/history.js";
import {
  findReason,
  findRedaction,
  insertRedaction,
  type RedactionTarget,
  referringRevisions,
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
import { type Caller, requireAdmin } from "../caller.js";
import { problem } from "../problem.js";
import { visibleSubmission } from "./view.js";

/** Stands where something was. */
const gone = "[dihapus]";

/**
 * Takes away a revision's text, a comment, the reason of a step or a photo, and leaves who did it when, why and on
 * what legal basis (UU 27/2022 on personal data); what is taken away already keeps its first tombstone. Nothing else
 * takes anything away. Stored answers that repeat it go too; the blob of a photo is its caller's to remove once this is
 * committed, and backups age out. Throws `forbidden`, `not-found`.
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
  await insertRedaction(transaction, { ...target, by_id: caller.id, reason, legal_basis }, now);
  return { redaction: (await findRedaction(transaction, target))!, isNew: true };
}

type RedactionRequest = z.output<typeof redactionRequest>;
type Part = Exclude<RedactionRequest, { sha256: string }>;

function targetOf(wanted: RedactionRequest): RedactionTarget {
  const none = { submission_id: null, revision: null, comment_id: null, transition_id: null, sha256: null };
  if ("sha256" in wanted) return { ...none, sha256: wanted.sha256 };
  const part = { ...none, submission_id: wanted.submission.toLowerCase() };
  if ("comment" in wanted) return { ...part, comment_id: wanted.comment.toLowerCase() };
  if ("transition" in wanted) return { ...part, transition_id: wanted.transition.toLowerCase() };
  return { ...part, revision: wanted.revision };
}

async function redactPart(transaction: Store, caller: Caller, wanted: Part, now: Date): Promise<void> {
  const submission = await visibleSubmission(transaction, wanted.submission, caller);
  let columns = {};
  if ("comment" in wanted) {
    const id = wanted.comment.toLowerCase();
    if (!(await replaceComment(transaction, submission.id, id, gone))) throw problem("not-found");
  } else if ("transition" in wanted) {
    const reason = await findReason(transaction, submission.id, wanted.transition.toLowerCase());
    if (reason === undefined) throw problem("not-found");
    await replaceText(transaction, submission.id, reason, gone);
  } else {
    columns = await redactRevision(transaction, submission, wanted.revision);
  }
  await updateSubmission(transaction, submission.id, columns, now);
  await noteChange(transaction, submission, "redacted", now);
}

/** Gives what changes of the submission's own row. */
async function redactRevision(transaction: Store, submission: SubmissionWithNames, number: number) {
  const revision = await findRevision(transaction, submission.id, number);
  if (!revision) throw problem("not-found");
  const tombstone = withoutText(revision.content);
  await replaceContent(transaction, submission.id, number, tombstone);
  // The way back to the editors repeats its message as a reason.
  if (revision.message) await replaceText(transaction, submission.id, revision.message, gone);
  return number === submission.revision ? columnsOf(tombstone) : {};
}

async function redactPhoto(transaction: Store, sha256: string, now: Date): Promise<void> {
  const photo = await findPhoto(transaction, sha256);
  if (!photo || photo.removed_at !== null) throw problem("not-found");
  await removePhoto(transaction, sha256, now);
  for (const { submission, number } of await referringRevisions(transaction, sha256)) {
    const content = await readContent(transaction, submission.id, number);
    const photos = content.photos.map((one) =>
      one.sha256 === sha256 ? { ...one, filename: gone, caption: gone, alt: gone, credit: gone } : one,
    );
    await replaceContent(transaction, submission.id, number, { ...content, photos });
    await noteChange(transaction, submission, "redacted", now);
  }
}

/** What stays is what no person is known by: how it was filed. */
function withoutText({ kind, category, priority }: Content): Content {
  return {
    ...{ kind, category, priority, slug: "dihapus", title: gone, body: gone },
    ...{ tags: [], channel_texts: {}, photos: [], answers: {}, internal: {} },
  };
}
