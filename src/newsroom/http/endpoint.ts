import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { z } from "zod";
import type { Endpoint } from "../../contract/endpoints/endpoint.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { callerOf, type TokenCaller } from "./auth.js";
import { requireSpace } from "./full-disk.js";
import type { Answer } from "./idempotency.js";
import { validate } from "./validate.js";
import { confirmCaller, requireRole, rolesOf } from "./write.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Declaration of this route in the contract. */
    endpoint?: Endpoint;
  }
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A request that was validated against its declaration. */
interface EndpointRequest<P, Q, B> {
  caller: TokenCaller;
  params: Out<P>;
  query: Out<Q>;
  body: Out<B>;
  request: FastifyRequest;
  reply: FastifyReply;
}

/**
 * Answers an endpoint: the caller's role, then params, query and body are validated as declared before `handle` runs.
 * Malformed params give `not-found`, like an id that does not exist.
 *
 * @param handle returns the answer, or the reply when it sends it itself
 */
export function serveEndpoint<
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
>(
  app: FastifyInstance,
  endpoint: Endpoint<P, Q, B>,
  handle: (request: EndpointRequest<P, Q, B>) => Promise<Answer | FastifyReply>,
  options: Pick<RouteOptions, "config"> = {},
): void {
  app.route({
    ...routeOf(endpoint, options),
    handler: async (request, reply) => {
      const params = endpoint.params?.safeParse(request.params);
      if (params?.success === false) throw problem("not-found");
      const answer = await handle({
        // Handlers of endpoints without roles do not use the caller.
        caller: endpoint.roles === null ? (request.caller as TokenCaller) : callerOf(request),
        params: params?.data as Out<P>,
        query: (endpoint.query && validate(endpoint.query, request.query, request)) as Out<Q>,
        body: (endpoint.body && validate(endpoint.body, request.body, request)) as Out<B>,
        request,
        reply,
      });
      // Awaiting a reply gives undefined, once it was sent or its client has gone.
      if (!answer || !("body" in answer)) return reply;
      return reply.status(answer.status).headers(answer.headers).send(answer.body);
    },
  });
}

/** Fastify's route options for an endpoint. */
export function routeOf(
  endpoint: Endpoint,
  { config }: Pick<RouteOptions, "config"> = {},
): Pick<RouteOptions, "method" | "url" | "config"> {
  const url = endpoint.path.replace(/\{(\w+)\}/g, ":$1");
  return { method: endpoint.method, url, config: { ...config, endpoint } };
}

/** A turn comes at once when no more time than this has passed since the headers, in ms: less than any line takes. */
const atOnceMs = 20;

/**
 * Refuses to register routes that are undeclared or name no roles, and refuses callers whose role the declaration does not
 * list. The caller's permission is read again when the request's turn has come, unless it came at once: a body takes its time,
 * and so do the person's requests before it. `Writing.write` does so once more in its transaction. Bodies are refused while
 * the disk is nearly full.
 */
export function requireDeclared(app: FastifyInstance, store: Store, hasRoom: () => Promise<boolean>): void {
  app.addHook("onRoute", ({ method, url, config }) => {
    if (!config?.endpoint) throw new Error(`${method} ${url} is not declared in contract/endpoints.ts`);
    if (config.endpoint.roles === undefined) throw new Error(`${method} ${url} declares no roles`);
  });
  // Before the body is read. Uploads are looked after by `guardUploads`.
  app.addHook("preParsing", async (request, _reply, payload) => {
    if (request.routeOptions.config.endpoint?.body) await requireSpace(request, hasRoom);
    return payload;
  });
  app.addHook("preValidation", async (request) => {
    if (rolesOf(request) !== null) requireRole(request, callerOf(request));
  });
  app.addHook("preHandler", async (request) => {
    if (rolesOf(request) === null) return;
    const caller = callerOf(request);
    if (performance.now() - caller.authenticatedAt < atOnceMs) return;
    // Their kecamatan too, as it is now.
    request.caller = { ...caller, ...(await confirmCaller(store, request)) };
  });
}

/** Makes a successful answer. */
export function ok(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, headers, body };
}
