import type { FastifyReply, FastifyRequest } from "fastify";
import { validate as isUuid } from "uuid";
import type { z } from "zod";
import { requestHash, runOnce } from "../../http/idempotency.js";
import { validateIn } from "../../http/validate.js";
import { writeRendered } from "../../http/write-rendered.js";
import type { Caller } from "../../services/caller.js";
import { ProblemError, problem } from "../../services/problem.js";
import type { PreparedRenderings } from "../../services/submissions/renderings.js";
import type { Store } from "../../store/database/open.js";
import type { Desk, Fields } from "../types.js";
import { visitorOf } from "./session.js";

/** Reads the fields of a form. If a field is repeated, the last value counts. `listOf` reads fields that may repeat. */
export function fieldsOf(request: FastifyRequest): Fields {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const last: unknown = Array.isArray(value) ? value.at(-1) : value;
      return [name, typeof last === "string" ? last.replace(/\r\n?/g, "\n") : ""];
    }),
  );
}

/** Reads every value of a field that may repeat, such as checkboxes. */
export function listOf(request: FastifyRequest, name: string): string[] {
  const value = ((request.body ?? {}) as Record<string, unknown>)[name];
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
}

/** Whether a field belongs to the page that asks who sends a form, not to the form. */
export function isConfirmation(name: string): boolean {
  return name.startsWith("confirm_");
}

/**
 * Runs `work` in one transaction and redirects to the address that it returns. The form's own token makes the form
 * count once: if it is sent again (double click, back button), the redirect is the same. If the form was changed after
 * it was sent, or the domain refuses it, `again` answers instead.
 */
export async function submitForm(
  { write, now }: Pick<Desk, "write" | "now">,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (transaction: Store, caller: Caller) => Promise<string>,
  again: (error: ProblemError) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { form = "" } = fieldsOf(request);
  if (!isUuid(form)) throw problem("forbidden", { detail: "form" });
  const route = `POST ${request.url.replace(/\?.*/s, "").toLowerCase()}`;
  try {
    const answer = await write(request, (transaction, caller) =>
      runOnce(
        transaction,
        { user_id: caller.id, route, key: form.toLowerCase() },
        requestHash(typedOf(request)),
        now(),
        async (watched) => ({
          status: 303,
          headers: { location: await work(watched, caller) },
          body: null,
        }),
      ),
    );
    return reply.redirect(answer.headers.location ?? "/", 303);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return again(error);
  }
}

/** Runs `work` as `submitForm` does, with renderings that are made for it outside the transaction. */
export function submitRendered(
  { write, now, texts }: Pick<Desk, "write" | "now" | "texts">,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (transaction: Store, caller: Caller, prepared: PreparedRenderings | undefined) => Promise<string>,
  again: (error: ProblemError) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const rendered = writeRendered(write, texts.render);
  return submitForm(
    { write: rendered.write, now },
    request,
    reply,
    (transaction, caller) => work(transaction, caller, rendered.prepared()),
    again,
  );
}

/** Checks what a form says against the contract. Throws `invalid`, in the visitor's language. */
export function checkedForm<T extends z.ZodType>(
  request: FastifyRequest,
  schema: T,
  value: unknown,
): z.output<T> {
  return validateIn(visitorOf(request).language, schema, value);
}

/** All that a person has typed or ticked: of a field that repeats, each value. */
function typedOf(request: FastifyRequest): object {
  const { csrf: _csrf, form: _form, ...sent } = (request.body ?? {}) as Record<string, unknown>;
  const lines = (value: unknown) => (typeof value === "string" ? value.replace(/\r\n?/g, "\n") : "");
  return Object.fromEntries(
    Object.entries(sent)
      .filter(([name]) => !isConfirmation(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(lines) : lines(value)]),
  );
}

/** Returns `text` if it is a path within the desk, else the path of the queue. Prevents redirects to other sites. */
export function localPath(text: unknown): string {
  return typeof text === "string" && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : "/";
}

/** Parses a revision number: up to six digits, from 1. Returns undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === "string" && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined;
}
