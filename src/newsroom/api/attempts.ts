import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { GrantedAttempt } from "../../contract/contract.js";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { answerIdempotently } from "../http/idempotency.js";
import { writeRendered } from "../http/write-rendered.js";
import type { RouteOptions } from "../options.js";
import { ProblemError } from "../services/problem.js";
import { describeGranted, grantAgain, grantAttempt } from "../services/publishing/grant.js";
import { continueAttempt } from "../services/publishing/outcomes.js";
import { settleAttempts } from "../services/publishing/settle.js";
import { findTarget } from "../services/publishing/target.js";

/** What is stored of a grant, for a machine whose answer was lost: the rendering is long, and stored with the approval. */
const grantedNumber = z.object({ number: z.number() });

export function attemptRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { now, texts } = options;

  serveEndpoint(app, endpoints.grantAttempt, async ({ params, body, request }) => {
    let granted: GrantedAttempt | undefined;
    const { write, prepared } = writeRendered(options.write, texts.render);
    const stored = await answerIdempotently(
      { write, now },
      request,
      body,
      async (transaction, caller) => {
        const number = await grantAttempt(transaction, caller, params, body, randomUUID(), now());
        granted = await describeGranted(transaction, caller, params, number, now(), prepared());
        return ok({ id: params.publication, number }, 201);
      },
      // After the days in which an answer is kept its lease has ended.
      async () => ok({ number: 0 }),
    ).catch(settle);
    const told = grantedNumber.parse(stored.body);
    granted ??= await write(request, async (transaction, caller) => {
      const number = await grantAgain(transaction, caller, params, told.number, body, randomUUID(), now());
      return describeGranted(transaction, caller, params, number, now(), prepared());
    }).catch(settle);
    return ok(granted, stored.status);

    /** Nothing is granted, but what a machine has left behind is settled all the same. */
    async function settle(error: unknown): Promise<never> {
      if (error instanceof ProblemError && error.problem === "conflict") {
        await write(request, async (transaction, caller) =>
          settleAttempts(transaction, await findTarget(transaction, caller, params), now()),
        );
      }
      throw error;
    }
  });

  serveEndpoint(app, endpoints.updateAttempt, async ({ params, body, request }) =>
    ok(
      await options.write(request, (transaction, caller) =>
        continueAttempt(transaction, caller, params, body, now()),
      ),
    ),
  );
}
