import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { channelLabel } from "../../../channels/registry.js";
import { updatePublication } from "../../../contract/contract.js";
import { invalidField, type ProblemError } from "../../services/problem.js";
import { addPublication } from "../../services/publishing/add-publication.js";
import { changePublication } from "../../services/publishing/change-publication.js";
import { readPublication } from "../../services/publishing/read-publications.js";
import { settlePublications } from "../../services/publishing/settle.js";
import { forEditors } from "../http/admission.js";
import { checkedForm, fieldsOf, submitForm } from "../http/forms.js";
import { recordedLink } from "../http/recorded-link.js";
import { callerOf } from "../http/session.js";
import { formatTime } from "../models/format.js";
import { decisions, type TypedPublication } from "../models/publications.js";
import { refusedLinkText } from "../models/refused-link.js";
import type { ById } from "../pages/load-submission.js";
import { showSubmission } from "../pages/submission-page.js";
import type { Alert, Desk, ViewContext } from "../types.js";

/** Forms that record a publication of an approved submission, and mark one as taken down. */
export function publicationRoutes(app: FastifyInstance, desk: Desk): void {
  const { now } = desk;

  app.post<ById>("/submissions/:id/publications", forEditors, async (request, reply) => {
    const { id } = request.params;
    const { channel = "", url = "", published_at = "" } = fieldsOf(request);
    const typed: TypedPublication = { ...nothing, channel, url, published_at };
    return submitForm(
      desk,
      request,
      reply,
      async (transaction, caller) => {
        const link = recordedLink(request, { channel, url, published_at });
        await settlePublications(transaction, id, now());
        await addPublication(transaction, caller, id, link, now());
        return `/submissions/${id}?done=publish#publications`;
      },
      (error) => refuse(request, reply, typed, error),
    );
  });

  app.post<{ Params: { id: string; publication: string } }>(
    "/submissions/:id/publications/:publication/unpublish",
    forEditors,
    async (request, reply) => {
      const { id, publication } = request.params;
      const { reason = "" } = fieldsOf(request);
      const typed: TypedPublication = { ...nothing, id: publication, reason };
      return submitForm(
        desk,
        request,
        reply,
        async (transaction, caller) => {
          const wanted = { state: "unpublished", reason: reason.trim() };
          const checked = checkedForm(request, updatePublication, wanted);
          await changePublication(transaction, caller, id, publication, checked, now());
          return `/submissions/${id}?done=unpublish#publications`;
        },
        (error) => refuse(request, reply, typed, error),
      );
    },
  );

  app.post<{ Params: { id: string; publication: string } }>(
    "/submissions/:id/publications/:publication/decide",
    forEditors,
    async (request, reply) => {
      const { id, publication } = request.params;
      const { decision = "", url = "", reason = "" } = fieldsOf(request);
      // A form without a decision is shown again as this form.
      const typed: TypedPublication = { ...nothing, id: publication, decision: decision || "?", url, reason };
      return submitForm(
        desk,
        request,
        reply,
        async (transaction, caller) => {
          await settlePublications(transaction, id, now());
          if (!decisions.some((one) => one === decision)) throw invalidField("/state", "required");
          if (decision === "published" && !url.trim()) throw invalidField("/url", "required");
          if (!reason.trim()) throw invalidField("/reason", "required");
          const link = decision === "published" ? { url: url.trim() } : {};
          const wanted = { state: decision, reason: reason.trim(), ...link };
          const checked = checkedForm(request, updatePublication, wanted);
          await changePublication(transaction, caller, id, publication, checked, now());
          return `/submissions/${id}?done=decide#publications`;
        },
        (error) => refuse(request, reply, typed, error),
      );
    },
  );

  /** Shows the page again with the typed values and the error. */
  async function refuse(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    typed: TypedPublication,
    error: ProblemError,
  ): Promise<FastifyReply> {
    const context = desk.viewContext(request);
    const refusedLink = await linkAlert(request, typed, error);
    const text = refusedLink?.text ?? publicationText(context, error, typed);
    if (text === undefined) throw error;
    const written = [typed.url, typed.reason].map((one) => one.trim()).filter(Boolean);
    // The form may be gone with the state that it was about: what was written is kept in the comment.
    const kept =
      error.problem === "conflict" && written.length > 0
        ? {
            comment: written.join("\n\n"),
            links: [{ href: "#body", text: context.messages.desk.problems.keptInComment }],
          }
        : { comment: "", links: [] };
    return showSubmission(desk, request, reply, {
      publication: typed,
      comment: kept.comment,
      alert: { text, links: refusedLink?.links ?? kept.links },
      status: 422,
    });
  }

  /** What is wrong with the typed link, and the way to its field; undefined where something else is. */
  async function linkAlert(
    request: FastifyRequest<ById>,
    { id, channel, url }: TypedPublication,
    error: ProblemError,
  ): Promise<Alert | undefined> {
    if (error.facts.errors?.[0]?.pointer !== "/url") return undefined;
    const context = desk.viewContext(request);
    const of =
      id === null
        ? { channel, account: "" }
        : await readPublication(desk.store, callerOf(request), request.params.id, id, now());
    const text = refusedLinkText(context, error, { ...of, url });
    if (text === undefined) return undefined;
    const toField = context.messages.desk.ready.toField({ channel: channelLabel(of.channel) });
    return { text, links: [{ href: id === null ? "#url" : `#url-${id}`, text: toField }] };
  }
}

const nothing: TypedPublication = {
  id: null,
  decision: "",
  channel: "",
  url: "",
  published_at: "",
  reason: "",
};

function publicationText(
  context: ViewContext,
  error: ProblemError,
  typed: TypedPublication,
): string | undefined {
  const { desk, post } = context.messages;
  const messages = desk.problems;
  const { errors = [], not_before, detail } = error.facts;
  if (error.problem === "idempotency-mismatch") return messages.sentBefore;
  if (error.problem === "conflict" && (typed.id !== null || detail !== undefined) && !not_before) {
    return messages.publicationChanged;
  }
  if (error.problem === "conflict") {
    return not_before
      ? messages.embargo({ when: formatTime(context, not_before) })
      : messages.conflict({ state: post.states.in_review });
  }
  if (error.problem !== "invalid") return undefined;
  const alerts: Record<string, string> = {
    "/channel": messages.channel,
    "/published_at": errors[0]?.detail === "time" ? messages.needTime : messages.future,
    "/state": messages.needDecision,
    // What is too long is not missing.
    ...(typed.reason.trim() === "" ? { "/reason": messages.needReason } : {}),
  };
  return (
    alerts[errors[0]?.pointer ?? ""] ?? `${messages.invalid} ${errors.map(({ detail }) => detail).join(" ")}`
  );
}
