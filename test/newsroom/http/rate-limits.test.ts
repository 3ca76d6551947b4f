import type { FastifyRequest } from "fastify";
import { expect, it } from "vitest";
import { isClientGone } from "../../../src/newsroom/http/closed.js";
import { limitedKey } from "../../../src/newsroom/http/rate-limits.js";

it("a client that has gone before it is counted has no address, which is no failure of the service", () => {
  const gone = { ip: undefined, raw: { socket: { destroyed: true } } } as unknown as FastifyRequest;
  let error: unknown;
  try {
    limitedKey(gone);
  } catch (thrown) {
    error = thrown;
  }
  expect(isClientGone(error, gone)).toBe(true);
});
