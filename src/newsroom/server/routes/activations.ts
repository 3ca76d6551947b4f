import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import type { NewsroomOptions } from "../app.js";
import { activate } from "../domain/accounts.js";
import { problem } from "../domain/problem.js";
import { ok, serveEndpoint } from "../endpoint.js";

/** A code that was read out becomes a token. Tries are counted by address: there is no token to count by yet. */
export function activationRoutes(app: FastifyInstance, { store, now, rates }: NewsroomOptions): void {
  const rateLimit = { max: rates.activations_per_minute, timeWindow: 60_000 };
  const activation = async ({ body }: { body: { code: string; device: string } }) => {
    const issued = await store
      .transaction()
      .execute((transaction) => activate(transaction, body.code, body.device, now()));
    if (!issued) throw problem("activation-invalid");
    return ok(issued, 201);
  };
  serveEndpoint(app, endpoints.activate, activation, { config: { rateLimit } });
}
