import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import type { NewsroomOptions } from "../app.js";
import { changeSettings } from "../domain/settings.js";
import { ok, serveEndpoint } from "../endpoint.js";

export function settingsRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.updateSettings, async ({ caller, body }) =>
    ok(await store.transaction().execute((transaction) => changeSettings(transaction, caller, body))),
  );
}
