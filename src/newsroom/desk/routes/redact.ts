import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { redactionRequest } from "../../../contract/contract.js";
import { requireAdmin } from "../../services/caller.js";
import { type ProblemError, problem } from "../../services/problem.js";
import { redact } from "../../services/submissions/redact.js";
import { forAdmins } from "../http/admission.js";
import { checkedForm, fieldsOf, submitForm } from "../http/forms.js";
import { callerOf } from "../http/session.js";
import { redactModel } from "../models/redact.js";
import { loadStillOut } from "../pages/load-still-out.js";
import { type ById, loadSubmission } from "../pages/load-submission.js";
import type { Desk, Fields } from "../types.js";

/** The form in which admins redact personal data for good. */
export function redactRoutes(app: FastifyInstance, desk: Desk): void {
  const { removeRedacted, now } = desk;

  app.get<ById>("/submissions/:id/redact", forAdmins, async (request, reply) => page(request, reply, {}));

  app.post<ById>(
    "/submissions/:id/redact",
    { config: { ...forAdmins.config, worksWhenFull: true } },
    async (request, reply) => {
      requireAdmin(callerOf(request));
      const { id } = request.params;
      const typed = fieldsOf(request);
      const answer = await submitForm(
        desk,
        request,
        reply,
        async (transaction, caller) => {
          const redaction = checkedForm(request, redactionRequest, redactionOf(id, typed));
          await redact(transaction, caller, redaction, now());
          return `/submissions/${id}?done=redact#tombstones`;
        },
        (error) => page(request, reply, typed, error),
      );
      await removeRedacted();
      return answer;
    },
  );

  async function page(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    typed: Fields,
    error?: ProblemError,
  ): Promise<FastifyReply> {
    const caller = callerOf(request as FastifyRequest);
    requireAdmin(caller);
    const loaded = await loadSubmission(desk, caller, request.params.id);
    const context = desk.viewContext(request as FastifyRequest);
    const messages = context.messages.desk;
    return desk.show(request as FastifyRequest, reply, {
      view: "submission/redact",
      title: messages.redaction.title,
      place: "queue",
      model: {
        ...redactModel(context, loaded, typed),
        still_out: await loadStillOut(desk, caller, context, loaded),
      },
      ...(error ? { alert: { text: wrongText(messages, error) }, status: 422 } : {}),
    });
  }
}

/** Converts the form to the contract's redaction request. */
function redactionOf(submission: string, { what = "", reason = "", legal_basis = "", sure }: Fields): object {
  const [, kind, value = ""] = /^(revision|comment|transition|photo)-([0-9a-f-]{1,64})$/.exec(what) ?? [];
  const missing = (pointer: string) => problem("invalid", { errors: [{ pointer, detail: "required" }] });
  if (!kind) throw missing("/what");
  if (!legal_basis.trim()) throw missing("/legal_basis");
  if (!reason.trim()) throw missing("/reason");
  if (sure !== "1") throw missing("/sure");
  const why = { reason: reason.trim(), legal_basis: legal_basis.trim() };
  if (kind === "photo") return { sha256: value, ...why };
  return { submission, [kind]: kind === "revision" ? Number(value) : value, ...why };
}

function wrongText(
  messages: ReturnType<Desk["viewContext"]>["messages"]["desk"],
  error: ProblemError,
): string {
  if (error.problem === "idempotency-mismatch") return messages.problems.sentBefore;
  if (error.problem === "not-found") return messages.redaction.gone;
  if (error.problem !== "invalid") throw error;
  const alerts: Record<string, string> = {
    "/what": messages.redaction.needWhat,
    "/legal_basis": messages.redaction.needLegalBasis,
    "/reason": messages.problems.needReason,
    "/sure": messages.redaction.needSure,
  };
  return alerts[error.facts.errors?.[0]?.pointer ?? ""] ?? messages.problems.invalid;
}
