import { z } from "zod";
import { approvalChannels } from "../../channels/registry.js";
import { askable, destinations, displayStates, states, stepNames, takeDownCauses } from "../lifecycle.js";
import { limits } from "../limits.js";
import { content, newContent, photoReference } from "./content.js";
import { instant, kecamatanCode, kind, pageQuery, person, sha256, text } from "./fields.js";
import { publication } from "./publications.js";

export const submissionSummary = z.object({
  id: z.uuid(),
  kecamatan: kecamatanCode,
  kind,
  title: z.string(),
  state: z.enum(states),
  /** Display state: the state, or that of its publications. */
  shown: z.enum(displayStates),
  /** The operator's open request to an editor. */
  asked: z.enum(askable).nullable(),
  /**
   * Something of it is out, or may be, and shall be taken down: since when, and the gravest cause; a `cause` of null is the editors' step.
   * Absent at a newsroom that is older.
   */
  take_down: z
    .object({ requested_at: instant, cause: z.enum(takeDownCauses).nullable() })
    .nullable()
    .optional(),
  priority: z.enum(["normal", "urgent"]),
  needed_by: instant.nullable(),
  embargo: instant.nullable(),
  /** Number of the newest revision; the ETag begins with it: `"r<revision>.…"`. */
  revision: z.number().int().positive(),
  author: person,
  claimed_by: person.nullable(),
  photos: z.number().int(),
  received_at: instant,
  updated_at: instant,
});
export type SubmissionSummary = z.infer<typeof submissionSummary>;

/** An open check that the editor sets aside. */
export const override = z.strictObject({
  rule: text(60).min(1),
  /** The part of the content, dotted as in front matter ("foto.0.alt"); "" is the body. */
  key: text(200).default(""),
  /** The very words. */
  quote: text(500).optional(),
  reason: text(500).min(1),
});
/** What the editor sees in a photo of which the operator did not say whether children are in it. */
export const photoAnswer = z.strictObject({
  sha256,
  children: z.enum(["none", "consented", "masked", "unrecognisable"]),
  /** Required where children were consented for. */
  consent: photoReference.shape.consent,
});

export type Override = z.output<typeof override>;
export type PhotoAnswer = z.output<typeof photoAnswer>;

const approval = z.object({
  revision: z.number().int().positive(),
  destinations: z.array(z.enum(destinations)),
  channels: z.array(z.enum(approvalChannels)),
  not_before: instant.nullable(),
  by: person,
  at: instant,
  note: z.string().nullable(),
  /** The editor approved a revision of their own. */
  own_revision: z.boolean(),
  overrides: z.array(override),
  photos: z.array(photoAnswer),
});

export const submission = submissionSummary.extend({
  content,
  /** Steps that the caller may take now. */
  possible: z.array(z.enum(stepNames)),
  /** Authors of the submissions that were merged into this one, without its own author. */
  contributors: z.array(person),
  /** Submissions that were merged into this one and that the caller may see. */
  related: z.array(z.uuid()),
  merged_into: z.uuid().nullable(),
  /** Oldest first. */
  publications: z.array(publication),
  approval: approval.nullable(),
  /** The newest approval, also where it no longer holds: what it chose and answered is offered again. null for those who do not review. */
  last_approval: approval.nullable().optional(),
});
export type Submission = z.infer<typeof submission>;

export const createSubmission = z.strictObject({
  content: newContent,
  message: text(2000).optional(),
});
export const reviseSubmission = z.strictObject({
  content: newContent,
  message: text(2000).optional(),
  /** Resubmits a returned submission in the same step. */
  submit: z.boolean().default(false),
});

export const approvalRequest = z.strictObject({
  destinations: z.array(z.enum(destinations)).min(1),
  channels: z.array(z.enum(approvalChannels)).min(1),
  not_before: instant.optional(),
  note: text(2000).optional(),
  overrides: z.array(override).max(100).default([]),
  photos: z.array(photoAnswer).max(limits.photos_per_submission).default([]),
});
export const transitionRequest = z.strictObject({
  /** Either `step` or `to`, the state that it leads to, is required. Steps that keep the state need `step`. */
  step: z.enum(stepNames).optional(),
  to: z.enum(states).optional(),
  reason: text(4000).optional(),
  approval: approvalRequest.optional(),
  /** New holder of a reassigned claim. Default: the caller. */
  assignee: z.uuid().optional(),
  /** Target submission of a merge; required to merge. */
  merged_into: z.uuid().optional(),
});

export const revision = z.object({
  number: z.number().int().positive(),
  author: person,
  at: instant,
  message: z.string().nullable(),
  content,
});
/** A revision in a list, without its content. */
export const revisionSummary = revision.omit({ content: true });
export type RevisionSummary = z.infer<typeof revisionSummary>;
export const transition = z.object({
  id: z.uuid(),
  at: instant,
  by: person,
  step: z.string(),
  from: z.enum(states).nullable(),
  to: z.enum(states),
  reason: z.string().nullable(),
  revision: z.number().int().positive(),
  /** New holder of a reassigned claim; null means the person who took the step. */
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
