import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { limits, type service } from "../../contract/contract.js";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { minimumClient } from "../http/client-version.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import { readSettings } from "../services/settings.js";

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
