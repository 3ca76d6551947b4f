import type { z } from "zod";
import type { Role } from "../roles.js";
import type { ProblemName } from "../schemas/problems.js";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
type Shape = z.ZodType | undefined;

/** The answer of one status. */
export interface Answered {
  description: string;
  /** Schema of a JSON body; without it the body is empty, or of `type`. */
  json?: z.ZodType;
  /** Media types of a body that is not JSON. */
  type?: readonly string[];
  headers?: readonly string[];
}

/**
 * Declaration of a route. The service validates requests by it, `/openapi.json` is generated from it, and the authorisation
 * and fuzz tests iterate over all of them. An undeclared API route cannot be registered.
 */
export interface Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape> {
  method: Method;
  /** Path below the API's path, with `{name}` for parameters. */
  path: string;
  summary: string;
  /** Roles that may call it, of `roles.ts`; null when it takes no token. No other role is admitted. */
  roles: readonly Role[] | null;
  /**
   * The problem that an operator gets for data of another kecamatan, or `nothing` when the answer contains only their own
   * data anyway. Absent when no kecamatan is involved.
   */
  foreign?: "not-found" | "forbidden" | "invalid" | "nothing";
  params?: P;
  query?: Q;
  body?: B;
  /** How many values the body may have, lists and objects included. Default: `limits.values_per_body`. */
  values?: number;
  /** Media type of a body that is not JSON. */
  takes?: string;
  /** Request headers; those with `!` are required. */
  headers?: readonly string[];
  /**
   * Also works while the disk is nearly full or the quota is used up: it takes something away, lets in somebody who will,
   * or only reads. Others with a body are refused then.
   */
  works_when_full?: true;
  answers: Readonly<Record<number, Answered>>;
  /** Problems besides the common ones (`commonProblems`). */
  problems?: readonly ProblemName[];
}

export function endpoint<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
>(declared: Endpoint<P, Q, B>): Endpoint<P, Q, B> {
  return declared;
}

/** The problems that any request to an endpoint of this kind may get. */
export function commonProblems(declared: Endpoint): ProblemName[] {
  const { method, roles, params, query, body, takes, works_when_full } = declared;
  const isCounted = roles !== null && !works_when_full && (method === "POST" || method === "PUT");
  return [
    "too-many-requests",
    "misdirected",
    "unavailable",
    "internal",
    ...(roles === null ? [] : (["unauthenticated", "forbidden", "client-too-old"] as const)),
    ...(params ? (["not-found"] as const) : []),
    ...(query || body ? (["invalid"] as const) : []),
    ...(body || takes ? (["too-large", "storage-full"] as const) : []),
    ...(body ? (["request-timeout"] as const) : []),
    ...(isCounted ? (["quota"] as const) : []),
  ];
}
