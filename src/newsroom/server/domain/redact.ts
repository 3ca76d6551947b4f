import type { z } from "zod";
import type { Content, Redaction, redactionRequest } from "../../contract.js";
import { noteChange } from "../store/history.js";
import type { Store } from "../store/open.js";
import { findPhoto } from "../store/photos.js";
import { insertRedaction, referringRevisions, removePhoto, replaceContent } from "../store/redactions.js";
import { readContent } from "../store/revisions.js";
import { columnsOf, updateSubmission } from "../store/submissions.js";
import { type Caller, requireAdmin } from "./caller.js";
import { problem } from "./problem.js";
import { visibleSubmission } from "./view.js";

/** Stands where something was. */
const gone = "[dihapus]";

/**
 * Takes away a revision's text or a photo, and leaves who did it when, why and on what legal basis (UU 27/2022 on
 * personal data). Nothing else takes anything away. Stored answers that repeat it go too; the blob of a photo is its
 * caller's to remove once this is committed, and backups age out. Throws `forbidden`, `not-found`.
 */
export async function redact(
  transaction: Store,
  caller: Caller,
  wanted: z.output<typeof redactionRequest>,
  now: Date,
): Promise<Redaction> {
  requireAdmin(caller);
  const what =
    "sha256" in wanted
      ? await redactPhoto(transaction, wanted.sha256, now)
      : await redactRevision(transaction, caller, wanted.submission, wanted.revision, now);
  const { reason, legal_basis } = wanted;
  const id = await insertRedaction(transaction, { ...what, by_id: caller.id, reason, legal_basis }, now);
  return {
    id,
    submission: what.submission_id,
    revision: what.revision,
    sha256: what.sha256,
    by: { id: caller.id, name: caller.name },
    at: now.toISOString(),
    reason,
    legal_basis,
  };
}

async function redactRevision(transaction: Store, caller: Caller, id: string, number: number, now: Date) {
  const submission = await visibleSubmission(transaction, id, caller);
  if (number > submission.revision) throw problem("not-found");
  const tombstone = withoutText(await readContent(transaction, submission.id, number));
  await replaceContent(transaction, submission.id, number, tombstone);
  const columns = number === submission.revision ? columnsOf(tombstone) : {};
  await updateSubmission(transaction, submission.id, columns, now);
  await noteChange(transaction, submission, "redacted", now);
  return { submission_id: submission.id, revision: number, sha256: null };
}

async function redactPhoto(transaction: Store, sha256: string, now: Date) {
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
  return { submission_id: null, revision: null, sha256 };
}

/** What stays is what no person is known by: how it was filed. */
function withoutText({ kind, category, priority }: Content): Content {
  return {
    ...{ kind, category, priority, slug: "dihapus", title: gone, body: gone },
    ...{ tags: [], channel_texts: {}, photos: [], answers: {}, internal: {} },
  };
}
