import type { FastifyInstance } from "fastify";
import { changesQuery } from "../../contract/contract.js";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { changeStreams, streamHeaders } from "../http/change-stream.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { noBytes } from "../http/no-bytes.js";
import type { RouteOptions } from "../options.js";
import { readChanges } from "../services/changes.js";

/** The change feed, by polling or as server-sent events. */
export function changeRoutes(app: FastifyInstance, { store, now }: RouteOptions): void {
  const streams = changeStreams(store, now);
  app.addHook("preClose", async () => streams.closeAll());
  serveEndpoint(app, endpoints.readChanges, async ({ caller, query, request, reply }) => {
    if (!/\btext\/event-stream\b/.test(request.headers.accept ?? "")) {
      return ok(await readChanges(store, caller, query.since));
    }
    if (request.method === "HEAD") return reply.headers(streamHeaders).send(noBytes());
    const last = changesQuery.safeParse({ since: request.headers["last-event-id"] });
    return streams.open(request, reply, (last.success ? last.data.since : undefined) ?? query.since);
  });
}
