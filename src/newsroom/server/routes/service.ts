import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { endpoints } from "../../contract/endpoints.js";
import { limits, type service } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { minimumClient } from "../client-version.js";
import { readSettings } from "../domain/settings.js";
import { ok, serveEndpoint } from "../endpoint.js";

/** What anyone may know: what this is, and how posts are filed here. */
export function serviceRoutes(app: FastifyInstance, { store, version, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.readService, async () => {
    const told: z.infer<typeof service> = {
      name: "kominfo-newsroom",
      version,
      minimum_client: minimumClient,
      time: now().toISOString(),
      limits: { ...limits },
    };
    return ok(told);
  });
  serveEndpoint(app, endpoints.readSettings, async () => ok(await readSettings(store)));
}
