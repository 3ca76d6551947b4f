import { z } from "zod";

/** Every error answer: RFC 9457. `type` is `urn:kominfo:problem:<name>`. */
export const problemNames = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not-found",
  "conflict",
  "stale",
  "precondition-required",
  "idempotency-mismatch",
  "photo-invalid",
  "too-large",
  "too-many-requests",
  "client-too-old",
  "activation-invalid",
  "storage-full",
  "quota",
  "range-invalid",
  "https-required",
  "internal",
] as const;
export type ProblemName = (typeof problemNames)[number];
/** Each problem's usual status; what could not be read at all is `invalid` with 400, and tus has its own. */
export const problemStatus: Readonly<Record<ProblemName, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  stale: 412,
  "precondition-required": 428,
  "idempotency-mismatch": 422,
  "photo-invalid": 422,
  "too-large": 413,
  "too-many-requests": 429,
  "client-too-old": 426,
  "activation-invalid": 422,
  "storage-full": 507,
  quota: 413,
  "range-invalid": 416,
  "https-required": 403,
  internal: 500,
};

export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** Invalid fields: JSON pointer (RFC 6901) into the body, and what is wrong there. */
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  /** On a conflict: the steps that are possible. */
  possible: z.array(z.string()).optional(),
  /** On a stale revision: the newest one. */
  revision: z.number().int().optional(),
  /** On a publication that comes too early: when it may go out. */
  not_before: z.string().optional(),
  /** Names the request in the log of the service. */
  request_id: z.string().optional(),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
