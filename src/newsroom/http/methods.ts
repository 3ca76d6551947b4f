import type { FastifyInstance } from "fastify";
import { problem } from "../services/problem.js";

interface Addresses {
  /** Matches the paths of a route. */
  pattern: RegExp;
  methods: Set<string>;
}

/**
 * Answers a request whose path is known and whose method is not: 405 with Allow (RFC 9110, 15.5.6), and OPTIONS with Allow
 * alone (9.3.7). Must be called before any route is registered; pages for paths that nobody knows are not counted.
 */
export function answerMethods(app: FastifyInstance): void {
  const known = new Map<string, Addresses>();
  app.addHook("onRoute", ({ method, url }) => {
    if (url.endsWith("*")) return;
    const found = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    known.set(url, found);
    for (const name of [method].flat()) found.methods.add(name);
  });
  const methodsOf = (path: string): Set<string> => {
    const found = [...known.values()].filter(({ pattern }) => path === "*" || pattern.test(path));
    return new Set(found.flatMap(({ methods }) => [...methods]));
  };
  app.addHook("preParsing", async (request, reply, payload) => {
    if (!request.is404 && !request.routeOptions.url?.endsWith("*")) return payload;
    const methods = methodsOf(request.url.replace(/[?#].*/s, ""));
    if (methods.size === 0) return payload;
    reply.header("allow", [...methods.add("OPTIONS")].sort().join(", "));
    if (request.method !== "OPTIONS") throw problem("method-not-allowed");
    await reply.status(204).send();
    return payload;
  });
}

/** The paths of a route of Fastify, with or without the slash at their end where it is the root of a prefix. */
function patternOf(url: string): RegExp {
  const text = url.replace(/[.$()+]/g, "\\$&").replace(/:\w+/g, "[^/]+");
  return new RegExp(`^${text}$`);
}
