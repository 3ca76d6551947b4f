import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { contentFeatures, limits, type service } from "../../contract/contract.js";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { minimumClient } from "../http/client-version.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { openApiDocument } from "../http/openapi.js";
import type { RouteOptions } from "../options.js";
import { changeSettings, readSettings } from "../services/settings.js";

/** Public routes: the description of the service, and its settings. */
export function serviceRoutes(app: FastifyInstance, { store, version, now }: RouteOptions): void {
  serveEndpoint(app, endpoints.readService, async () => {
    const description: z.infer<typeof service> = {
      name: "kominfo-newsroom",
      version,
      minimum_client: minimumClient,
      time: now().toISOString(),
      limits: { ...limits },
      features: [...contentFeatures, "take_down", "accounts", "failure_facts"],
    };
    return ok(description);
  });
  serveEndpoint(app, endpoints.readSettings, async () => ok(await readSettings(store)));
}

export function settingsRoutes(app: FastifyInstance, { write, now }: RouteOptions): void {
  serveEndpoint(app, endpoints.updateSettings, async ({ body, request }) =>
    ok(await write(request, (transaction, caller) => changeSettings(transaction, caller, body, now()))),
  );
}

/** Serves the OpenAPI document, which is generated at the first request. */
export function openApiRoutes(app: FastifyInstance, { version }: RouteOptions): void {
  let document: Buffer | undefined;
  app.get("/openapi.json", async (_request, reply) => {
    document ??= Buffer.from(JSON.stringify(openApiDocument(version)));
    return reply.header("content-type", "application/json; charset=utf-8").send(document);
  });
}
