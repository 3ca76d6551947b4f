import type { FastifyReply, FastifyRequest } from "fastify";
import { validate as isUuid } from "uuid";
import { runOnce } from "../../http/idempotency.js";
import { ProblemError, problem } from "../../services/problem.js";
import type { Store } from "../../store/database/open.js";
import type { Desk, Fields } from "../types.js";
import { editorOf } from "./session.js";

/** Of a field that came twice the last counts, as in a form that was drawn twice. `listOf` reads those that may repeat. */
export function fieldsOf(request: FastifyRequest): Fields {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const last: unknown = Array.isArray(value) ? value.at(-1) : value;
      return [name, typeof last === "string" ? last.replace(/\r\n?/g, "\n") : ""];
    }),
  );
}

/** Every value of a field that may repeat: checkboxes. */
export function listOf(request: FastifyRequest, name: string): string[] {
  const value = ((request.body ?? {}) as Record<string, unknown>)[name];
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
}

/**
 * Does what a form asks in one transaction and leads on to the address that `work` gives. The form's own token makes
 * it count once: sent again (double click, back button) it leads to the same place. A form that was changed after it
 * was sent, like anything else that the domain refuses, goes to `again`, with what was typed.
 */
export async function submitForm(
  { store, now }: Pick<Desk, "store" | "now">,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (transaction: Store) => Promise<string>,
  again: (error: ProblemError) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { csrf: _csrf, form = "", ...typed } = fieldsOf(request);
  if (!isUuid(form)) throw problem("forbidden", { detail: "form" });
  const identity = {
    user_id: editorOf(request).id,
    route: `POST ${request.url.replace(/\?.*/s, "").toLowerCase()}`,
    key: form.toLowerCase(),
  };
  try {
    const answer = await runOnce(store, identity, typed, now(), async (transaction) => ({
      status: 303,
      headers: { location: await work(transaction) },
      body: null,
    }));
    return reply.redirect(answer.headers.location ?? "/", 303);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return again(error);
  }
}

/** A place within the desk to go on to; anything else, such as another site, is the queue. */
export function localPath(text: unknown): string {
  return typeof text === "string" && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : "/";
}
