import type { FastifyInstance } from "fastify";
import { problem } from "../services/problem.js";
import { createBudget } from "./budget.js";

/** Length of an answer that counts, in characters. */
const largeLength = 64 * 1024;
/** Bytes of large answers that one person, and all visitors, may have been sent and not read. */
const budget = { each: 32 * 1024 * 1024, visitors: 64 * 1024 * 1024 };

/**
 * Bounds the answers that lie in memory because their clients do not read them; one more large one is
 * `too-many-requests`. A page may have 30 MB, and a client two minutes before its silence ends the connection.
 */
export function boundAnswers(app: FastifyInstance): void {
  const accountOf = createBudget(budget);
  app.addHook("onSend", async (request, reply, payload) => {
    const isWhole = typeof payload === "string" || Buffer.isBuffer(payload);
    if (!isWhole || payload.length < largeLength) return payload;
    const hasRoom = accountOf(request, reply)(payload.length);
    // What was done is not told as refused.
    if (!hasRoom && request.method === "GET") throw problem("too-many-requests");
    return payload;
  });
}
