import { isDeepStrictEqual } from "node:util";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Content, newContent } from "../../../contract/contract.js";
import { isOut, mayRevise } from "../../../contract/lifecycle.js";
import { problem } from "../../services/problem.js";
import { readRevision } from "../../services/submissions/read.js";
import { reviseSubmission } from "../../services/submissions/revise.js";
import type { Store } from "../../store/database/open.js";
import { listPublications } from "../../store/submissions/publications.js";
import { forEditors } from "../http/admission.js";
import { checkedForm, fieldsOf, numberOf, submitForm } from "../http/forms.js";
import { callerOf, visitorOf } from "../http/session.js";
import type { Difference } from "../models/compare.js";
import { contentOfFields, editModel, errorsByField, fieldsOfContent } from "../models/edit.js";
import type { LoadedSubmission } from "../models/loaded-submission.js";
import { differencesOf } from "../pages/differences.js";
import { type ById, loadSubmission } from "../pages/load-submission.js";
import { showSubmission } from "../pages/submission-page.js";
import type { Alert, Desk, Fields } from "../types.js";

/** Fits a long text with every letter percent-encoded. Bytes. */
const formBytes = 4 * 1024 * 1024;

/** The form in which an editor revises a submission. */
export function editRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<ById>("/submissions/:id/edit", forEditors, async (request, reply) => {
    const loaded = await loadSubmission(desk, callerOf(request), request.params.id);
    const { state, possible } = loaded.submission;
    if (!mayRevise(state, callerOf(request).role) && !possible.includes("correct")) {
      return reply.redirect(`/submissions/${loaded.submission.id}#steps`, 303);
    }
    return editPage(request, reply, loaded, { typed: fieldsOfContent(loaded.content) });
  });

  app.post<ById>("/submissions/:id/edit", { ...forEditors, bodyLimit: formBytes }, async (request, reply) => {
    const { id } = request.params;
    const caller = callerOf(request);
    const typed = fieldsOf(request);
    const revisionRead = numberOf(typed.revision) ?? 0;
    const base = await readRevision(store, caller, id, revisionRead);
    return submitForm(
      desk,
      request,
      reply,
      async (transaction, caller) => {
        const content = checkedForm(request, newContent, contentOfFields(base.content, typed));
        const { needCorrection } = visitorOf(request).messages.desk.edit;
        await requireCorrectionNote(transaction, id, base.content, content, needCorrection, now());
        const message = typed.message?.trim().slice(0, 2000);
        const manuscript = { content, submit: false, ...(message ? { message } : {}) };
        const revision = await reviseSubmission(transaction, caller, id, manuscript, [revisionRead], now());
        return `/submissions/${id}?done=${revision === revisionRead ? "unchanged" : "edit"}`;
      },
      async (error) => {
        const messages = desk.viewContext(request).messages.desk.problems;
        const loaded = await loadSubmission(desk, caller, id);
        if (error.problem === "stale") return staleEdit(request, reply, loaded, revisionRead, typed);
        if (error.problem === "conflict") {
          const state = desk.viewContext(request).messages.post.states[loaded.submission.state];
          return refusedEdit(request, reply, loaded, typed, messages.conflict({ state }));
        }
        if (error.problem === "idempotency-mismatch") {
          return editPage(request, reply, loaded, {
            typed,
            alert: { text: messages.sentBefore },
            status: 409,
          });
        }
        if (error.problem !== "invalid") throw error;
        const { byField, others } = errorsByField(error.facts.errors ?? [], base.content);
        const links = Object.entries(byField).map(([name, text]) => ({ href: `#f-${name}`, text }));
        const alert = { text: [messages.invalid, ...others].join(" "), links };
        return editPage(request, reply, loaded, { typed, errors: byField, alert, status: 422 });
      },
    );
  });

  /** Another editor saved first: shows their changes and keeps the typed values, which the next save applies to them. */
  async function staleEdit(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    loaded: LoadedSubmission,
    revisionRead: number,
    typed: Fields,
  ): Promise<FastifyReply> {
    const context = desk.viewContext(request);
    const { revision } = loaded.submission;
    const before = await readRevision(store, callerOf(request), loaded.submission.id, revisionRead);
    const text = context.messages.desk.problems.staleEdit({
      who: loaded.revisionAuthor.name,
      n: revisionRead,
      revision,
    });
    return editPage(request, reply, loaded, {
      // Fields that this editor did not change take the colleague's values.
      typed: { ...fieldsOfContent(loaded.content), ...changedFields(fieldsOfContent(before.content), typed) },
      differences: await differencesOf(desk, context, before.content, loaded.content),
      alert: { text },
      status: 412,
    });
  }

  /** Editing is no longer allowed: puts the typed text into the comment form, so that it is not lost. */
  async function refusedEdit(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    loaded: LoadedSubmission,
    typed: Fields,
    text: string,
  ): Promise<FastifyReply> {
    if (loaded.submission.state !== "withdrawn") {
      const comment = [typed.title, typed.text].filter(Boolean).join("\n\n");
      return showSubmission(desk, request, reply, { comment, alert: { text }, status: 409 });
    }
    throw problem("conflict");
  }

  function editPage(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    loaded: LoadedSubmission,
    state: {
      typed: Fields;
      errors?: Record<string, string>;
      differences?: readonly Difference[];
      alert?: Alert;
      status?: number;
    },
  ): Promise<FastifyReply> {
    return desk.show(request, reply, {
      view: "submission/edit",
      title: visitorOf(request).messages.desk.edit.title,
      place: "queue",
      alert: state.alert,
      status: state.status ?? 200,
      model: editModel(desk.viewContext(request), {
        id: loaded.submission.id,
        revision: loaded.submission.revision,
        base: loaded.content,
        sizes: loaded.sizes,
        isCorrection: loaded.submission.publications.some(isOut),
        errors: {},
        differences: [],
        ...state,
      }),
    });
  }
}

/** A changed text of which something is out says in one public sentence what it corrects. Throws `invalid`. */
async function requireCorrectionNote(
  transaction: Store,
  id: string,
  base: Content,
  content: Content,
  detail: string,
  now: Date,
): Promise<void> {
  if (content.correction_note || isDeepStrictEqual(JSON.parse(JSON.stringify(content)), base)) return;
  if ((await listPublications(transaction, id, now)).some(isOut)) {
    throw problem("invalid", { errors: [{ pointer: "/content/correction_note", detail }] });
  }
}

/** Returns the fields whose value differs from the original. */
function changedFields(original: Fields, typed: Fields): Fields {
  return Object.fromEntries(
    Object.entries(typed).filter(
      ([name, value]) => original[name] === undefined || original[name]?.replace(/\r\n?/g, "\n") !== value,
    ),
  );
}
