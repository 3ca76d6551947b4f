import type { FastifyRequest } from "fastify";
import { clientHeader } from "../../contract/contract.js";
import { problem } from "../services/problem.js";

/** The oldest version of kominfo that this service supports. */
export const minimumClient = "0.1.0";

/** Throws `client-too-old` for an older kominfo. Other programs do not send the header and are accepted. */
export function requireClient(request: FastifyRequest): void {
  const sent = /(\d+)\.(\d+)\.(\d+)/.exec(String(request.headers[clientHeader] ?? ""));
  if (sent && isOlder(sent.slice(1).map(Number), minimumClient.split(".").map(Number))) {
    throw problem("client-too-old", { detail: `>= ${minimumClient}` });
  }
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  const first = version.findIndex((part, i) => part !== than[i]);
  return first >= 0 && (version[first] ?? 0) < (than[first] ?? 0);
}
