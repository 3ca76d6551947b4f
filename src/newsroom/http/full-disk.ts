import type { FastifyRequest } from "fastify";
import { Outage } from "../outage.js";
import { problem } from "../services/problem.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** As in `Endpoint.works_when_full`, for a form of the desk. */
    worksWhenFull?: boolean;
  }
}

const harmless: readonly string[] = ["GET", "HEAD", "OPTIONS", "DELETE"];

/** Whether a request may go on while the disk is nearly full and the quota is used up; see `Endpoint.works_when_full`. */
export function worksWhenFull({ method, routeOptions: { config } }: FastifyRequest): boolean {
  return (
    harmless.includes(method) || config.worksWhenFull === true || config.endpoint?.works_when_full === true
  );
}

/** Throws `storage-full` for a request that brings something to keep while the disk is nearly full. */
export async function requireSpace(request: FastifyRequest, hasRoom: () => Promise<boolean>): Promise<void> {
  if (!worksWhenFull(request) && !(await hasRoom())) throw problem("storage-full");
}

/** Whether a write failed because the disk is full (Node's, SQLite's and PostgreSQL's codes). */
export function isDiskFull(error: unknown): boolean {
  return ["ENOSPC", "SQLITE_FULL", "53100"].includes(String((error as { code?: unknown }).code));
}

/** Writes what the next request can write as well: neither a full disk nor a locked database keeps anybody from reading. */
export async function orNextTime(write: () => Promise<void>): Promise<void> {
  await write().catch((error: unknown) => {
    if (!isDiskFull(error) && !(error instanceof Outage)) throw error;
  });
}
