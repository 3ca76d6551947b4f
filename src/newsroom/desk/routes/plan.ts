import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ProblemError } from "../../services/problem.js";
import { invalidField } from "../../services/problem.js";
import { cancelPlan, scheduleAll } from "../../services/publishing/plan.js";
import { settlePublications } from "../../services/publishing/settle.js";
import type { Store } from "../../store/database/open.js";
import { forEditors } from "../http/admission.js";
import { fieldsOf, listOf, submitForm, submitRendered } from "../http/forms.js";
import { callerOf } from "../http/session.js";
import { accountOf } from "../models/accounts.js";
import { instantOf } from "../models/format.js";
import type { TypedPlan } from "../models/plan.js";
import { type ById, loadSubmission } from "../pages/load-submission.js";
import { planProblem } from "../pages/plan-alert.js";
import { showSubmission } from "../pages/submission-page.js";
import type { Desk } from "../types.js";

/** Forms that schedule what was approved on accounts, and cancel what is not sent yet. */
export function planRoutes(app: FastifyInstance, desk: Desk): void {
  const { now } = desk;

  app.post<ById>("/submissions/:id/plan", forEditors, async (request, reply) => {
    const { id } = request.params;
    const typed = typedPlan(request);
    return submitRendered(
      desk,
      request,
      reply,
      async (transaction, caller, prepared) => {
        await settlePublications(transaction, id, now());
        await schedulePlan(transaction, caller, id, typed, now(), prepared);
        return `/submissions/${id}?done=plan#publications`;
      },
      (error) => refuse(request, reply, typed, error),
    );
  });

  app.post<{ Params: { id: string; publication: string } }>(
    "/submissions/:id/publications/:publication/cancel",
    forEditors,
    async (request, reply) => {
      const { id, publication } = request.params;
      return submitForm(
        desk,
        request,
        reply,
        async (transaction, caller) => {
          await cancelPlan(transaction, caller, id, publication, now());
          return `/submissions/${id}?done=cancelPlan#publications`;
        },
        (error) => refuse(request, reply, { accounts: [], at: "" }, error),
      );
    },
  );

  /** Shows the page again with what was chosen and the error. */
  async function refuse(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    typed: TypedPlan,
    error: ProblemError,
  ): Promise<FastifyReply> {
    const { submission } = await loadSubmission(desk, callerOf(request), request.params.id);
    const text = planProblem(desk.viewContext(request), error, submission.state);
    if (text === undefined) throw error;
    const status = error.problem === "invalid" ? 422 : 409;
    return showSubmission(desk, request, reply, { plan: typed, alert: { text }, status });
  }
}

/** Reads the fields of a plan, alone or in the form of an approval. */
export function typedPlan(request: FastifyRequest): TypedPlan {
  return { accounts: listOf(request, "account"), at: fieldsOf(request).at ?? "" };
}

/** Schedules what was chosen. Throws as `scheduleAll`, and `invalid` for a time that cannot be read (`/at`). */
export async function schedulePlan(
  transaction: Store,
  caller: Parameters<typeof scheduleAll>[1],
  id: string,
  { accounts, at }: TypedPlan,
  now: Date,
  prepared: Parameters<typeof scheduleAll>[5],
): Promise<void> {
  const time = instantOf(at);
  if (time === null) throw invalidField("/at", "time");
  await scheduleAll(transaction, caller, id, { accounts: accounts.map(accountOf), at: time }, now, prepared);
}
