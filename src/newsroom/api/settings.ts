import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import { changeSettings } from "../services/settings.js";

export function settingsRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.updateSettings, async ({ caller, body }) =>
    ok(await store.transaction().execute((transaction) => changeSettings(transaction, caller, body))),
  );
}
