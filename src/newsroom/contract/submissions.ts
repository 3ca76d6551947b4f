import { z } from "zod";
import { channels, states } from "../lifecycle.js";
import { content } from "./content.js";
import { instant, kecamatanCode, kind, pageQuery, person, text } from "./fields.js";

export const submissionSummary = z.object({
  id: z.uuid(),
  kecamatan: kecamatanCode,
  kind,
  title: z.string(),
  state: z.enum(states),
  priority: z.enum(["normal", "urgent"]),
  needed_by: instant.nullable(),
  embargo: instant.nullable(),
  /** The newest; the ETag is `"r<revision>"`. */
  revision: z.number().int().positive(),
  author: person,
  claimed_by: person.nullable(),
  photos: z.number().int(),
  received_at: instant,
  updated_at: instant,
});
export type SubmissionSummary = z.infer<typeof submissionSummary>;

export const submission = submissionSummary.extend({
  content,
  /** Steps that the asking person may take now. */
  possible: z.array(z.string()),
  approval: z
    .object({
      revision: z.number().int().positive(),
      destinations: z.array(z.enum(["kecamatan", "kabupaten"])),
      channels: z.array(z.enum(channels)),
      not_before: instant.nullable(),
      by: person,
      at: instant,
      note: z.string().nullable(),
    })
    .nullable(),
});
export type Submission = z.infer<typeof submission>;

export const createSubmission = z.strictObject({
  content,
  message: text(2000).optional(),
});
export const reviseSubmission = z.strictObject({
  content,
  message: text(2000).optional(),
  /** Resubmits a returned submission in the same step. */
  submit: z.boolean().default(false),
});

export const approvalRequest = z.strictObject({
  destinations: z.array(z.enum(["kecamatan", "kabupaten"])).min(1),
  channels: z.array(z.enum(channels)).min(1),
  not_before: instant.optional(),
  note: text(2000).optional(),
});
export const transitionRequest = z.strictObject({
  to: z.enum(states),
  reason: text(4000).optional(),
  approval: approvalRequest.optional(),
  /** The submission that this one becomes part of; required when `to` is merged. */
  merged_into: z.uuid().optional(),
});

export const revision = z.object({
  number: z.number().int().positive(),
  author: person,
  at: instant,
  message: z.string().nullable(),
  content,
});
/** One line of the list of revisions; the content is read one by one. */
export const revisionSummary = revision.omit({ content: true });
export const transition = z.object({
  at: instant,
  by: person,
  step: z.string(),
  from: z.enum(states).nullable(),
  to: z.enum(states),
  reason: z.string().nullable(),
  revision: z.number().int().positive(),
});
export type Transition = z.infer<typeof transition>;

export const submissionQuery = pageQuery.extend({
  state: z.enum(states).optional(),
  kecamatan: kecamatanCode.optional(),
  kind: kind.optional(),
  since: instant.optional(),
  q: text(200).optional(),
});
