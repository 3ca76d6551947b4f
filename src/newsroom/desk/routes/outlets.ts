import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { decideOutlet, limits, outletAddress } from "../../../contract/contract.js";
import { type ProblemError, problem } from "../../services/problem.js";
import { decideOwner, readClaims } from "../../services/publishing/outlets.js";
import { forEditors } from "../http/admission.js";
import { checkedForm, fieldsOf, submitForm } from "../http/forms.js";
import { callerOf, visitorOf } from "../http/session.js";
import { accountsModel, type TypedDecision } from "../models/accounts.js";
import type { Desk } from "../types.js";

/** The accounts that machines publish on, and the form by which an editor says whose one is. */
export function outletRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<{ Querystring: { cursor?: unknown } }>("/accounts", forEditors, async (request, reply) => {
    const { cursor } = request.query;
    return accountsPage(request, reply, { cursor: typeof cursor === "string" ? cursor : undefined });
  });

  app.post("/accounts/decide", forEditors, async (request, reply) => {
    const { channel = "", account = "", owner = "", reason = "" } = fieldsOf(request);
    const typed = { channel, account, owner, reason };
    return submitForm(
      desk,
      request,
      reply,
      async (transaction, caller) => {
        const address = outletAddress.safeParse({ channel, account });
        if (!address.success) throw problem("not-found");
        const decision = checkedForm(request, decideOutlet, { ...ownerOf(owner), reason: reason.trim() });
        await decideOwner(transaction, caller, address.data, decision, now());
        return "/accounts?done=decideAccount";
      },
      (error) => {
        if (error.problem !== "invalid" && error.problem !== "idempotency-mismatch") throw error;
        return accountsPage(request, reply, { typed, error });
      },
    );
  });

  async function accountsPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { cursor, typed, error }: { cursor?: string | undefined; typed?: TypedDecision; error?: ProblemError },
  ): Promise<FastifyReply> {
    const query = { limit: limits.page_items, ...(cursor === undefined ? {} : { cursor }) };
    const page = await readClaims(store, callerOf(request), query);
    const context = desk.viewContext(request);
    return desk.show(request, reply, {
      view: "accounts",
      title: context.messages.desk.accounts.title,
      place: "accounts",
      model: accountsModel(context, page, cursor !== undefined, typed ?? null),
      ...(error ? { alert: { text: wrongText(request, error, typed?.reason) }, status: 422 } : {}),
    });
  }
}

/** What the contract takes for a choice of the form. */
function ownerOf(owner: string): object {
  if (owner === "remove") return { destination: null };
  if (owner === "kabupaten") return { destination: "kabupaten" };
  return { destination: "kecamatan", kecamatan: owner };
}

function wrongText(request: FastifyRequest, { problem: name, facts }: ProblemError, reason = ""): string {
  const { accounts, problems } = visitorOf(request).messages.desk;
  if (name === "idempotency-mismatch") return problems.sentBefore;
  const { errors = [] } = facts;
  const alerts: Record<string, string> = {
    "": accounts.tooMany,
    // What is too long is not missing.
    ...(reason.trim() === "" ? { "/reason": problems.needReason } : {}),
    "/kecamatan": accounts.needOwner,
  };
  return (
    alerts[errors[0]?.pointer ?? "?"] ?? `${problems.invalid} ${errors.map(({ detail }) => detail).join(" ")}`
  );
}
