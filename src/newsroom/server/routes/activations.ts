import type { FastifyInstance } from "fastify";
import { activationRequest } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { checked } from "../checked.js";
import { activate } from "../domain/accounts.js";
import { problem } from "../domain/problem.js";

/** A code that was read out becomes a token. Tries are counted by address: there is no token to count by yet. */
export function activationRoutes(app: FastifyInstance, { store, now, rates }: NewsroomOptions): void {
  const rateLimit = { max: rates.activations_per_minute, timeWindow: 60_000 };
  app.post("/activations", { config: { rateLimit } }, async (request, reply) => {
    const { code, device } = checked(activationRequest, request.body, request);
    const issued = await store
      .transaction()
      .execute((transaction) => activate(transaction, code, device, now()));
    if (!issued) throw problem("activation-invalid");
    return reply.status(201).send(issued);
  });
}
