import { z } from "zod";

/** Names of the error answers (RFC 9457). `type` is `urn:kominfo:problem:<name>`. */
export const problemNames = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not-found",
  "method-not-allowed",
  "conflict",
  "checks-open",
  "held",
  "stale",
  "precondition-failed",
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
  "request-timeout",
  "https-required",
  "misdirected",
  "unavailable",
  "internal",
] as const;
export type ProblemName = (typeof problemNames)[number];
/**
 * Default status of each problem. An unreadable request is `invalid` with 400; the tus protocol has its own statuses.
 */
export const problemStatus: Readonly<Record<ProblemName, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "method-not-allowed": 405,
  conflict: 409,
  "checks-open": 409,
  held: 409,
  stale: 412,
  "precondition-failed": 412,
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
  "request-timeout": 408,
  "https-required": 403,
  misdirected: 421,
  unavailable: 503,
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
  /** When another revision than the newest was named: the newest. */
  revision: z.number().int().optional(),
  /** On a publication before its time: the earliest allowed time. */
  not_before: z.string().optional(),
  /** On an approval: the checks that neither an override nor an answer covers. */
  checks: z.array(z.object({ rule: z.string(), key: z.string(), quote: z.string().optional() })).optional(),
  /** On an attempt that somebody else has: who, and until when. */
  held: z.object({ by: z.string(), until: z.string() }).optional(),
  /** On an account that is somebody else's: whose, and who announced or decided it, as far as the caller may know. */
  outlet: z
    .object({
      kecamatan: z.string().nullable(),
      /** Name of the kecamatan. */
      name: z.string().nullable(),
      by: z.string().nullable(),
      since: z.string(),
    })
    .optional(),
  /** Identifies the request in the service's log. */
  request_id: z.string().optional(),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
