import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import { changesQuery } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { changeStreams } from "../change-stream.js";
import { readChanges } from "../domain/changes.js";
import { ok, serveEndpoint } from "../endpoint.js";

/** What has changed, asked for again and again or told as it happens. */
export function changeRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  const streams = changeStreams(store, now);
  app.addHook("preClose", async () => streams.closeAll());
  serveEndpoint(app, endpoints.readChanges, async ({ caller, query, request, reply }) => {
    if (!/\btext\/event-stream\b/.test(request.headers.accept ?? "")) {
      return ok(await readChanges(store, caller, query.since));
    }
    const last = changesQuery.safeParse({ since: request.headers["last-event-id"] });
    return streams.open(request, reply, (last.success ? last.data.since : undefined) ?? query.since);
  });
}
