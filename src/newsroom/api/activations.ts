import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import { activate } from "../services/people/accounts.js";
import { problem } from "../services/problem.js";

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
