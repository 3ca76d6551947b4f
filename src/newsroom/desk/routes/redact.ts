import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { redactionRequest } from "../../../contract/contract.js";
import { validateIn } from "../../http/validate.js";
import { requireAdmin } from "../../services/caller.js";
import { type ProblemError, problem } from "../../services/problem.js";
import { redact } from "../../services/submissions/redact.js";
import { removeCondemned } from "../../store/photos/blob-removals.js";
import { fieldsOf, submitForm } from "../http/forms.js";
import { editorOf, visitorOf } from "../http/session.js";
import { redactModel } from "../models/redact.js";
import { type ById, loadSubmission } from "../pages/load-submission.js";
import type { Desk, Fields } from "../types.js";

/** Taking personal data away for good, for admins. */
export function redactRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, blobs, now } = desk;

  app.get<ById>("/submissions/:id/redact", async (request, reply) => page(request, reply, {}));

  app.post<ById>("/submissions/:id/redact", async (request, reply) => {
    requireAdmin(editorOf(request));
    const { id } = request.params;
    const typed = fieldsOf(request);
    const answer = await submitForm(
      desk,
      request,
      reply,
      async (transaction) => {
        const wanted = validateIn(visitorOf(request).language, redactionRequest, wantedOf(id, typed));
        await redact(transaction, editorOf(request), wanted, now());
        return `/submissions/${id}?done=redact#tombstones`;
      },
      (error) => page(request, reply, typed, error),
    );
    // A process that is killed before this leaves it to the next sweep.
    await removeCondemned(store, blobs);
    return answer;
  });

  async function page(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    typed: Fields,
    error?: ProblemError,
  ): Promise<FastifyReply> {
    const caller = editorOf(request as FastifyRequest);
    requireAdmin(caller);
    const known = await loadSubmission(desk, caller, request.params.id);
    const telling = desk.viewContext(request as FastifyRequest);
    const words = telling.messages.desk;
    return desk.show(request as FastifyRequest, reply, {
      view: "redact",
      title: words.redaction.title,
      place: "queue",
      model: redactModel(telling, known, typed),
      ...(error ? { alert: { text: wrongText(words, error) }, status: 422 } : {}),
    });
  }
}

/** What the form asks for, in the contract's words. */
function wantedOf(submission: string, { what = "", reason = "", legal_basis = "", sure }: Fields): object {
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

function wrongText(words: ReturnType<Desk["viewContext"]>["messages"]["desk"], error: ProblemError): string {
  if (error.problem === "idempotency-mismatch") return words.problems.sentBefore;
  if (error.problem === "not-found") return words.redaction.gone;
  if (error.problem !== "invalid") throw error;
  const said: Record<string, string> = {
    "/what": words.redaction.needWhat,
    "/legal_basis": words.redaction.needLegalBasis,
    "/reason": words.problems.needReason,
    "/sure": words.redaction.needSure,
  };
  return said[error.facts.errors?.[0]?.pointer ?? ""] ?? words.problems.invalid;
}
