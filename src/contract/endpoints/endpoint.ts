import type { z } from "zod";
import { type Role, roles } from "../lifecycle.js";
import type { ProblemName } from "../schemas/problems.js";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
type Shape = z.ZodType | undefined;

/** What an answer of one status carries. */
export interface Answered {
  description: string;
  /** Of a JSON body; without it the body is empty, or of `type`. */
  json?: z.ZodType;
  /** Media types of a body that is not JSON. */
  type?: readonly string[];
  headers?: readonly string[];
}

/**
 * One route, declared: the service validates by it, `/openapi.json` is made of it, and the tests of authorisation and
 * the fuzzing walk over it. A route of the API that is not declared cannot be registered.
 */
export interface Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape> {
  method: Method;
  /** Under the API's path, with `{name}` for what varies. */
  path: string;
  summary: string;
  /** Whose token it takes; null: none at all. */
  roles: readonly Role[] | null;
  /**
   * What an operator gets who asks for another kecamatan's: the problem, or `nothing` where only their own is in the
   * answer anyway. Absent where no kecamatan is involved.
   */
  foreign?: "not-found" | "forbidden" | "invalid" | "nothing";
  params?: P;
  query?: Q;
  body?: B;
  /** Media type of a body that is not JSON. */
  takes?: string;
  /** Request headers; those with `!` are required. */
  headers?: readonly string[];
  answers: Readonly<Record<number, Answered>>;
  /** Besides those that any request of its kind may get (`commonProblems`). */
  problems?: readonly ProblemName[];
}

export function endpoint<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
>(declared: Endpoint<P, Q, B>): Endpoint<P, Q, B> {
  return declared;
}

export const everyone: readonly Role[] = roles;
export const editors: readonly Role[] = ["editor", "admin"];
export const admins: readonly Role[] = ["admin"];

/** Problems that any request of this kind may get. */
export function commonProblems({ roles: who, params, query, body, takes }: Endpoint): ProblemName[] {
  return [
    "too-many-requests",
    "internal",
    ...(who === null ? [] : (["unauthenticated", "forbidden", "client-too-old"] as const)),
    ...(params ? (["not-found"] as const) : []),
    ...(query || body ? (["invalid"] as const) : []),
    ...(body || takes ? (["too-large", "storage-full"] as const) : []),
  ];
}
