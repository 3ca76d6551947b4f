import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { approvalChannels } from "../../../channels/registry.js";
import { createComment } from "../../../contract/contract.js";
import { destinations as knownDestinations, mayTake, type Step, steps } from "../../../contract/lifecycle.js";
import { type ProblemError, problem } from "../../services/problem.js";
import { settlePublications } from "../../services/publishing/settle.js";
import { addComment } from "../../services/submissions/comments.js";
import { applyStep } from "../../services/submissions/steps.js";
import { forDeskUsers, forEditors } from "../http/admission.js";
import { checkedForm, fieldsOf, listOf, numberOf, submitForm, submitRendered } from "../http/forms.js";
import { callerOf, visitorOf } from "../http/session.js";
import { photoAnswers, typedPhotos } from "../models/approve.js";
import { instantOf } from "../models/format.js";
import type { StepForm } from "../models/steps.js";
import { type ById, loadSubmission } from "../pages/load-submission.js";
import { stepAlert } from "../pages/step-alert.js";
import { showSubmission } from "../pages/submission-page.js";
import type { Desk } from "../types.js";
import { schedulePlan, typedPlan } from "./plan.js";

/** The page of a submission, and its forms for comments and steps. */
export function submissionRoutes(app: FastifyInstance, desk: Desk): void {
  const { now } = desk;

  app.get<ById & { Querystring: { revision?: unknown; about?: unknown; done?: unknown } }>(
    "/submissions/:id",
    forDeskUsers,
    async (request, reply) => {
      const revision = numberOf(request.query.revision);
      const about = typeof request.query.about === "string" ? request.query.about : "";
      // After an approval comes the question where and when.
      const openPlan = request.query.done === "approve";
      return showSubmission(desk, request, reply, { revision, about, openPlan });
    },
  );

  app.post<ById>("/submissions/:id/comments", forEditors, async (request, reply) => {
    const { id } = request.params;
    const typed = fieldsOf(request);
    const messages = visitorOf(request).messages.desk.problems;
    const again = (text: string, status: number) =>
      showSubmission(desk, request, reply, {
        about: typed.about ?? "",
        comment: typed.body ?? "",
        alert: { text },
        status,
      });
    if (!typed.body?.trim()) return again(messages.needComment, 422);
    return submitForm(
      desk,
      request,
      reply,
      async (transaction, caller) => {
        const comment = { body: typed.body?.trim(), ...anchorOf(typed.about ?? "") };
        const checked = checkedForm(request, createComment, comment);
        await addComment(transaction, caller, id, checked, now());
        return `/submissions/${id}?done=comment#thread`;
      },
      (error) => {
        if (error.problem === "idempotency-mismatch") return again(messages.sentBefore, 409);
        if (error.problem !== "invalid") throw error;
        return again((error.facts.errors ?? []).map(({ detail }) => detail).join(" "), 422);
      },
    );
  });

  app.post<{ Params: { id: string; step: string } }>(
    "/submissions/:id/steps/:step",
    forEditors,
    async (request, reply) => {
      const { id } = request.params;
      const step = steps.find(
        (candidate) =>
          candidate.name === request.params.step &&
          mayTake(candidate, callerOf(request).role) &&
          !candidate.sends_revision,
      );
      if (!step) throw problem("not-found");
      const typed = typedStep(request, step);
      const { revision, assignee } = fieldsOf(request);
      return submitRendered(
        desk,
        request,
        reply,
        async (transaction, caller, prepared) => {
          const change = {
            // Named by step, not by target state: by state, a claim would take over the claim of a colleague.
            step: step.name,
            ...(typed.reason.trim() ? { reason: typed.reason.trim() } : {}),
            ...(step.name === "approve" ? { approval: approvalOf(typed) } : {}),
            ...(step.name === "reassign" && assignee ? { assignee } : {}),
            ...(step.name === "merge" ? { merged_into: submissionNamed(typed.merged_into) } : {}),
          };
          await settlePublications(transaction, id, now());
          await applyStep(transaction, caller, id, change, [numberOf(revision) ?? 0], now(), prepared);
          if (typed.plan.accounts.length > 0 || typed.plan.at.trim() !== "") {
            await schedulePlan(transaction, caller, id, typed.plan, now(), prepared);
            return `/submissions/${id}?done=approvePlan#publications`;
          }
          if (step.name === "approve") return `/submissions/${id}?done=approve#plan`;
          return `/submissions/${id}?done=${change.assignee ? "handed" : step.name}`;
        },
        (error) => refuse(request, reply, step, typed, error),
      );
    },
  );

  async function refuse(
    request: FastifyRequest<{ Params: { id: string; step: string } }>,
    reply: FastifyReply,
    step: Step,
    typed: StepForm,
    error: ProblemError,
  ): Promise<FastifyReply> {
    const { id } = request.params;
    const loaded = await loadSubmission(desk, callerOf(request), id);
    const revisionRead = numberOf(fieldsOf(request).revision) ?? 0;
    const alert = stepAlert(desk.viewContext(request), loaded, step.name, error, revisionRead);
    if (!alert) throw error;
    return showSubmission(desk, request, reply, {
      typed,
      alert,
      status: error.problem === "invalid" ? 422 : 409,
    });
  }
}

/** Reads the form of any step. */
function typedStep(request: FastifyRequest, step: Step): StepForm {
  const { reason = "", not_before = "", note = "", merged_into = "" } = fieldsOf(request);
  return {
    step: step.name,
    reason,
    not_before,
    note,
    merged_into,
    destinations: listOf(request, "destination"),
    channels: listOf(request, "channel"),
    photos: step.name === "approve" ? typedPhotos(fieldsOf(request)) : {},
    plan: step.name === "approve" ? typedPlan(request) : { accounts: [], at: "" },
  };
}

function isOf<T extends string>(names: readonly T[]) {
  return (text: string): text is T => names.some((name) => name === text);
}

function approvalOf(typed: StepForm) {
  const destinations = typed.destinations.filter(isOf(knownDestinations));
  const channels = typed.channels.filter(isOf(approvalChannels));
  const not_before = instantOf(typed.not_before);
  const photos = photoAnswers(typed.photos);
  const errors = [
    ...(destinations.length === 0 || channels.length === 0
      ? [{ pointer: "/approval", detail: "choice" }]
      : []),
    ...(not_before === null ? [{ pointer: "/approval/not_before", detail: "time" }] : []),
    ...(photos ? [] : [{ pointer: "/approval/photos", detail: "consent" }]),
  ];
  if (errors.length > 0 || !photos) throw problem("invalid", { errors });
  return {
    destinations,
    channels,
    overrides: [],
    photos,
    ...(not_before ? { not_before } : {}),
    ...(typed.note.trim() ? { note: typed.note.trim().slice(0, 2000) } : {}),
  };
}

/** Extracts a submission's id from a pasted id or page address. */
function submissionNamed(text: string): string {
  return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)?.[0].toLowerCase() ?? "";
}

function anchorOf(about: string): object {
  const paragraph = /^p(\d{1,5})$/.exec(about)?.[1];
  const photo = /^photo-([0-9a-f]{64})$/.exec(about)?.[1];
  if (paragraph) return { anchor: { paragraph: Number(paragraph) } };
  return photo ? { anchor: { photo } } : {};
}
