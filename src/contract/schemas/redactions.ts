import { z } from "zod";
import { instant, person, sha256, text } from "./fields.js";
import { outPublication } from "./publications.js";

const justification = { reason: text(4000).min(1), legal_basis: text(500).min(1) };
/**
 * Removes the text and answers of a revision, the body of a comment, the reason of a transition with the note of its
 * approval, or the bytes of a photo with all its metadata.
 */
export const redactionRequest = z.union([
  z.strictObject({
    submission: z.uuid(),
    revision: z.number().int().positive().max(999_999),
    ...justification,
  }),
  z.strictObject({ submission: z.uuid(), comment: z.uuid(), ...justification }),
  z.strictObject({ submission: z.uuid(), transition: z.uuid(), ...justification }),
  z.strictObject({ sha256, ...justification }),
]);
/** The tombstone: the target of the redaction, the admin, the time, the reason and the legal basis. */
export const redaction = z.object({
  id: z.uuid(),
  submission: z.uuid().nullable(),
  revision: z.number().int().nullable(),
  comment: z.uuid().nullable(),
  transition: z.uuid().nullable(),
  sha256: sha256.nullable(),
  by: person,
  at: instant,
  reason: z.string(),
  legal_basis: z.string(),
});
export type Redaction = z.infer<typeof redaction>;

/**
 * What a redaction answers. It takes nothing from the channels: `publications` are those that still show the revision or the photo,
 * the first of them at least (`limits.page_items`); `GET /photos/{sha256}/publications` lists all of a photo.
 */
export const redacted = redaction.extend({ publications: z.array(outPublication) });

/** The kind of the redacted target. */
export function redactedKind({
  comment,
  transition,
  sha256,
}: Redaction): "comment" | "transition" | "photo" | "revision" {
  if (comment) return "comment";
  if (transition) return "transition";
  return sha256 ? "photo" : "revision";
}
