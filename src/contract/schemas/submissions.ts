import { z } from "zod";
import { approvalChannels } from "../../channels/registry.js";
import { askable, destinations, displayStates, states, stepNames } from "../lifecycle.js";
import { content } from "./content.js";
import { instant, kecamatanCode, kind, pageQuery, person, text } from "./fields.js";
import { publication } from "./publications.js";

export const submissionSummary = z.object({
  id: z.uuid(),
  kecamatan: kecamatanCode,
  kind,
  title: z.string(),
  state: z.enum(states),
  /** What has become of it: the state, or what its publications say. */
  shown: z.enum(displayStates),
  /** What its operator asks an editor to do. */
  asked: z.enum(askable).nullable(),
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
  possible: z.array(z.enum(stepNames)),
  /** Whose submissions were merged into this one; the author is not repeated. */
  contributors: z.array(person),
  /** Submissions that were merged into this one, so far as the asking person may see them. */
  related: z.array(z.uuid()),
  merged_into: z.uuid().nullable(),
  /** Where it went and shall go, oldest first. */
  publications: z.array(publication),
  approval: z
    .object({
      revision: z.number().int().positive(),
      destinations: z.array(z.enum(destinations)),
      channels: z.array(z.enum(approvalChannels)),
      not_before: instant.nullable(),
      by: person,
      at: instant,
      note: z.string().nullable(),
      /** An editor approved what they wrote themselves. */
      own_revision: z.boolean(),
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
  destinations: z.array(z.enum(destinations)).min(1),
  channels: z.array(z.enum(approvalChannels)).min(1),
  not_before: instant.optional(),
  note: text(2000).optional(),
});
export const transitionRequest = z.strictObject({
  /** One of the two: the step's name, or the state that it leads to. Steps that keep the state have to be named. */
  step: z.enum(stepNames).optional(),
  to: z.enum(states).optional(),
  reason: text(4000).optional(),
  approval: approvalRequest.optional(),
  /** The editor to whom a claim is handed (reassign); absent: to whoever asks. */
  assignee: z.uuid().optional(),
  /** The submission that this one becomes part of; required to merge. */
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
  id: z.uuid(),
  at: instant,
  by: person,
  step: z.string(),
  from: z.enum(states).nullable(),
  to: z.enum(states),
  reason: z.string().nullable(),
  revision: z.number().int().positive(),
  /** To whom a claim was handed (reassign); null: to whoever took the step. */
  assignee: person.nullable(),
});
export type Transition = z.infer<typeof transition>;

export const submissionQuery = pageQuery.extend({
  state: z.enum(states).optional(),
  kecamatan: kecamatanCode.optional(),
  kind: kind.optional(),
  since: instant.optional(),
  q: text(200).optional(),
});
