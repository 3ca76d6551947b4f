import { z } from "zod";
import { everyone, readers, recorders, writers } from "../roles.js";
import { comment, createComment } from "../schemas/comments.js";
import { page, pageQuery } from "../schemas/fields.js";
import {
  announceOutlet,
  attempt,
  createPublication,
  grantedAttempt,
  grantRequest,
  listedPublication,
  outlet,
  outletAddress,
  publication,
  publicationQuery,
  updateAttempt,
  updatePublication,
} from "../schemas/publications.js";
import { redaction } from "../schemas/redactions.js";
import { renderings } from "../schemas/renderings.js";
import {
  createSubmission,
  reviseSubmission,
  revision,
  revisionSummary,
  submission,
  submissionQuery,
  submissionSummary,
  transition,
  transitionRequest,
} from "../schemas/submissions.js";
import { endpoint } from "./endpoint.js";

const byId = z.object({ id: z.uuid() });
const byPublication = byId.extend({ publication: z.uuid() });
const etag = ["ETag"] as const;
const whole = { description: "The submission", json: submission, headers: etag };
/** A submission of another kecamatan gives `not-found`, as if it did not exist. */
const foreign = "not-found";
const read = { method: "GET", roles: readers, foreign, params: byId } as const;
const write = { roles: writers, foreign, params: byId, headers: ["If-Match", "Idempotency-Key"] } as const;
const conflicts = [
  "conflict",
  "stale",
  "precondition-failed",
  "precondition-required",
  "idempotency-mismatch",
] as const;

export const submissionEndpoints = {
  createSubmission: endpoint({
    method: "POST",
    path: "/submissions",
    summary: "Submit a post; the same Idempotency-Key gives the first answer again",
    roles: ["operator"],
    body: createSubmission,
    headers: ["Idempotency-Key!"],
    answers: { 201: { ...whole, headers: ["ETag", "Location"] } },
    problems: ["idempotency-mismatch"],
  }),
  listSubmissions: endpoint({
    method: "GET",
    path: "/submissions",
    summary: "The queue, newest first",
    roles: everyone,
    foreign: "nothing",
    query: submissionQuery,
    answers: { 200: { description: "One page", json: page(submissionSummary) } },
  }),
  readSubmission: endpoint({
    ...read,
    roles: everyone,
    path: "/submissions/{id}",
    summary: "One submission with its newest revision",
    headers: ["If-Match", "If-None-Match"],
    answers: { 200: whole, 304: { description: "The representation that was named", headers: etag } },
    problems: ["stale", "precondition-failed"],
  }),
  reviseSubmission: endpoint({
    ...write,
    method: "PUT",
    path: "/submissions/{id}",
    summary: "Send a new revision; with `submit` a returned one goes back to the editors in the same step",
    body: reviseSubmission,
    headers: ["If-Match!", "If-None-Match", "Idempotency-Key"],
    answers: { 200: whole },
    problems: conflicts,
  }),
  listRevisions: endpoint({
    ...read,
    roles: everyone,
    path: "/submissions/{id}/revisions",
    summary: "All revisions, oldest first, without their content",
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(revisionSummary) } },
  }),
  readRevision: endpoint({
    ...read,
    roles: everyone,
    path: "/submissions/{id}/revisions/{number}",
    summary: "One revision with its content",
    params: byId.extend({ number: z.coerce.number().int().min(1).max(999_999) }),
    answers: { 200: { description: "The revision", json: revision } },
  }),
  listTransitions: endpoint({
    ...read,
    path: "/submissions/{id}/transitions",
    summary: "Every step that was taken, oldest first",
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(transition) } },
  }),
  takeStep: endpoint({
    ...write,
    method: "POST",
    path: "/submissions/{id}/transitions",
    summary:
      "Take a step of the lifecycle; return, reject, resubmit and approve name the revision that was read",
    body: transitionRequest,
    answers: { 200: whole },
    problems: [...conflicts, "checks-open"],
  }),
  listComments: endpoint({
    ...read,
    path: "/submissions/{id}/comments",
    summary: "What was said about it, oldest first; never public",
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(comment) } },
  }),
  addComment: endpoint({
    ...write,
    method: "POST",
    path: "/submissions/{id}/comments",
    summary: "Say something about it",
    body: createComment,
    headers: ["Idempotency-Key"],
    answers: { 201: { description: "The comment", json: comment } },
    problems: ["idempotency-mismatch"],
  }),
  listRedactions: endpoint({
    ...read,
    path: "/submissions/{id}/redactions",
    summary: "What was taken away of it and of its photos (UU 27/2022), oldest first",
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(redaction) } },
  }),
  listPublications: endpoint({
    ...read,
    roles: everyone,
    path: "/submissions/{id}/publications",
    summary: "Where it went and shall go, oldest first",
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(publication) } },
  }),
  addPublication: endpoint({
    ...write,
    roles: recorders,
    method: "POST",
    path: "/submissions/{id}/publications",
    summary: "Plan a publication of what was approved, or record one that is there already",
    body: createPublication,
    headers: ["Idempotency-Key"],
    answers: {
      200: { description: "The one that has this link already", json: publication },
      201: { description: "The publication", json: publication },
    },
    problems: ["conflict", "idempotency-mismatch"],
  }),
  changePublication: endpoint({
    ...write,
    roles: recorders,
    method: "PUT",
    path: "/submissions/{id}/publications/{publication}",
    summary: "Say what has become of a publication",
    params: byPublication,
    body: updatePublication,
    headers: ["Idempotency-Key"],
    answers: { 200: { description: "The publication", json: publication } },
    problems: ["conflict", "idempotency-mismatch"],
  }),
  grantAttempt: endpoint({
    method: "POST",
    path: "/submissions/{id}/publications/{publication}/attempts",
    summary: "Get the right to send a publication, or to look for it, for ten minutes",
    roles: recorders,
    foreign,
    params: byPublication,
    body: grantRequest,
    headers: ["Idempotency-Key"],
    answers: { 201: { description: "The attempt, with what is sent", json: grantedAttempt } },
    problems: ["conflict", "held", "idempotency-mismatch"],
  }),
  updateAttempt: endpoint({
    method: "PUT",
    path: "/submissions/{id}/publications/{publication}/attempts/{number}",
    summary: "Go on with an attempt, announce that it sends now, or tell what came of it",
    roles: recorders,
    foreign,
    params: byPublication.extend({ number: z.coerce.number().int().min(1).max(999_999) }),
    body: updateAttempt,
    answers: { 200: { description: "The attempt", json: attempt } },
    problems: ["conflict"],
  }),
  readRenderings: endpoint({
    ...read,
    roles: everyone,
    path: "/submissions/{id}/renderings",
    summary: "What each channel shows of it: as it was approved, or as approval would freeze it",
    query: z.strictObject({ revision: z.coerce.number().int().min(1).max(999_999).optional() }),
    answers: { 200: { description: "The renderings", json: renderings } },
  }),
  queryPublications: endpoint({
    method: "GET",
    path: "/publications",
    summary: "Publications of all submissions, oldest first",
    roles: everyone,
    foreign: "nothing",
    query: publicationQuery,
    answers: { 200: { description: "One page", json: page(listedPublication) } },
  }),
  listOutlets: endpoint({
    method: "GET",
    path: "/outlets",
    summary: "The accounts that machines publish on",
    roles: everyone,
    foreign: "nothing",
    query: pageQuery,
    answers: { 200: { description: "One page", json: page(outlet) } },
  }),
  announceOutlet: endpoint({
    method: "PUT",
    path: "/outlets/{channel}/{account}",
    summary: "Announce an account that this machine publishes on",
    roles: recorders,
    foreign: "forbidden",
    params: outletAddress,
    body: announceOutlet,
    answers: { 200: { description: "The account", json: outlet } },
  }),
};
