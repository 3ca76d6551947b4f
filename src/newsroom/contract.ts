import { z } from "zod";
import { roles, states } from "./lifecycle.js";

/**
 * The one description of the wire between `newsroom/client` and `newsroom/server`.
 * Instants are ISO 8601 with a zone; identifiers are UUIDs; hashes are 64 lower-case hex digits.
 */

export const apiPath = "/api/v1";
export const clientHeader = "kominfo-client";

/** All published at `GET /api/v1`. Bytes, counts. */
export const limits = {
  body_bytes: 1024 * 1024,
  photo_bytes: 20 * 1024 * 1024,
  photos_per_submission: 30,
  revisions_per_submission: 200,
  comments_per_submission: 500,
  hashes_per_question: 5000,
  page_items: 100,
} as const;

/** PostgreSQL and SQLite both lose text at U+0000, and a lone surrogate is not UTF-8. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\u0000") && value.isWellFormed(), { error: "unstorable_text" });
/** In UTC its year has four digits too, so that instants written in UTC compare as text. */
const instant = z.iso.datetime({ offset: true }).refine(
  (value) => {
    const year = new Date(value).getUTCFullYear();
    return !(year < 0 || year > 9999);
  },
  { error: "unstorable_instant" },
);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const kecamatanCode = z.string().regex(/^\d{2}\.\d{2}\.\d{2}$/);
export const kind = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60);

export const photoReference = z.strictObject({
  /** Of the web rendition, the bytes that were uploaded. */
  sha256,
  /** Of the original, which never leaves the operator's machine. */
  source_sha256: sha256.optional(),
  filename: text(255),
  caption: text(2000),
  alt: text(1000),
  credit: text(255),
  source: z.enum(["own", "citizen", "agency"]),
  children: z.enum(["unchecked", "none", "consented", "masked"]),
  lead: z.boolean(),
});
export type PhotoReference = z.infer<typeof photoReference>;

type Answer = string | boolean | Answer[] | { [key: string]: Answer };
const answer: z.ZodType<Answer> = z.lazy(() =>
  z.union([text(20_000), z.boolean(), z.array(answer).max(200), z.record(text(60), answer)]),
);

/** What an operator writes and an editor reads: the content of one revision. */
export const content = z.strictObject({
  kind,
  slug,
  title: text(250).min(1),
  place: text(250).optional(),
  village: text(100).optional(),
  /** Day of the event, YYYY-MM-DD, in Asia/Jakarta. */
  event_date: z.iso.date().optional(),
  category: text(60),
  priority: z.enum(["normal", "urgent"]),
  needed_by: instant.optional(),
  embargo: instant.optional(),
  summary: text(160).optional(),
  tags: z.array(text(60)).max(30),
  channel_texts: z.partialRecord(z.enum(["facebook", "instagram", "x"]), text(5000)),
  photos: z.array(photoReference).max(limits.photos_per_submission),
  /** The answers of this kind's own questions. */
  answers: z.record(text(60), answer),
  /** For the newsroom only; no public renderer or export ever receives it. */
  internal: z.record(text(60), answer),
  /** Markdown. */
  body: text(200_000).min(1),
});
export type Content = z.infer<typeof content>;

export const person = z.object({ id: z.uuid(), name: z.string() });
export type Person = z.infer<typeof person>;

export const submissionSummary = z.object({
  id: z.uuid(),
  kecamatan: kecamatanCode,
  kind,
  title: z.string(),
  state: z.enum(states),
  priority: z.enum(["normal", "urgent"]),
  needed_by: instant.nullable(),
  embargo: instant.nullable(),
  /** The newest; the ETag is `"r<revision>"`. */
  revision: z.number().int().positive(),
  author: person,
  claimed_by: person.nullable(),
  photos: z.number().int(),
  received_at: instant,
  updated_at: instant,
});
export type SubmissionSummary = z.infer<typeof submissionSummary>;

export const submission = submissionSummary.extend({
  content,
  /** Steps that the asking person may take now. */
  possible: z.array(z.string()),
  approval: z
    .object({
      revision: z.number().int().positive(),
      destinations: z.array(z.enum(["kecamatan", "kabupaten"])),
      channels: z.array(z.enum(["web", "facebook", "instagram", "x"])),
      not_before: instant.nullable(),
      by: person,
      at: instant,
      note: z.string().nullable(),
    })
    .nullable(),
});
export type Submission = z.infer<typeof submission>;

export const createSubmission = z.strictObject({
  content,
  message: text(2000).optional(),
});
export const reviseSubmission = z.strictObject({
  content,
  message: text(2000).optional(),
  /** Resubmits a returned submission in the same step. */
  submit: z.boolean().default(false),
});

export const approvalRequest = z.strictObject({
  destinations: z.array(z.enum(["kecamatan", "kabupaten"])).min(1),
  channels: z.array(z.enum(["web", "facebook", "instagram", "x"])).min(1),
  not_before: instant.optional(),
  note: text(2000).optional(),
});
export const transitionRequest = z.strictObject({
  to: z.enum(states),
  reason: text(4000).optional(),
  approval: approvalRequest.optional(),
  /** The submission that this one becomes part of; required when `to` is merged. */
  merged_into: z.uuid().optional(),
});

export const revision = z.object({
  number: z.number().int().positive(),
  author: person,
  at: instant,
  message: z.string().nullable(),
  content,
});
/** One line of the list of revisions; the content is read one by one. */
export const revisionSummary = revision.omit({ content: true });
export const transition = z.object({
  at: instant,
  by: person,
  step: z.string(),
  from: z.enum(states).nullable(),
  to: z.enum(states),
  reason: z.string().nullable(),
  revision: z.number().int().positive(),
});
export type Transition = z.infer<typeof transition>;

/** A comment may point at a paragraph of the body (1-based) or at a photo. */
const anchor = z.union([
  z.strictObject({ paragraph: z.number().int().positive() }),
  z.strictObject({ photo: sha256 }),
]);
export const createComment = z.strictObject({ body: text(4000).min(1), anchor: anchor.optional() });
export const comment = z.object({
  id: z.uuid(),
  author: person,
  at: instant,
  body: z.string(),
  revision: z.number().int().positive(),
  anchor: anchor.nullable(),
});
export type Comment = z.infer<typeof comment>;

/** A page of anything, in a stable order. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });
export const submissionQuery = z.strictObject({
  state: z.enum(states).optional(),
  kecamatan: kecamatanCode.optional(),
  kind: kind.optional(),
  since: instant.optional(),
  q: text(200).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(limits.page_items).default(50),
});

export const knownRequest = z.strictObject({ sha256: z.array(sha256).max(limits.hashes_per_question) });
export const knownAnswer = z.object({ sha256: z.array(sha256) });

export const activationRequest = z.strictObject({ code: z.string().max(40), device: text(100).min(1) });
export const issuedToken = z.object({
  token: z.string(),
  expires_at: instant.nullable(),
  user: z.lazy(() => user),
});

export const user = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(roles),
  /** An operator's kecamatan; null for editors and admins. */
  kecamatan: kecamatanCode.nullable(),
  active: z.boolean(),
  expires_at: instant.nullable(),
  last_used_at: instant.nullable(),
});
export type User = z.infer<typeof user>;
export const createUser = z.strictObject({
  name: text(100).min(1),
  role: z.enum(roles),
  kecamatan: kecamatanCode.optional(),
  expires_at: instant.optional(),
  /** A token for scripts at once instead of an activation code. */
  token: z.boolean().default(false),
});
export const createdUser = z.object({
  user,
  activation_code: z.string().optional(),
  token: z.string().optional(),
  expires_at: instant.nullable().optional(),
});

export const me = z.object({ user, token: z.object({ label: z.string(), expires_at: instant.nullable() }) });
export const service = z.object({
  name: z.literal("kominfo-newsroom"),
  version: z.string(),
  minimum_client: z.string(),
  time: instant,
  limits: z.record(z.string(), z.number()),
});
export const settings = z.object({ categories: z.array(z.string()) });

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
  "internal",
] as const;
export type ProblemName = (typeof problemNames)[number];
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
  /** Names the request in the log of the service. */
  request_id: z.string().optional(),
});
export type ProblemDocument = z.infer<typeof problemDocument>;

/** Metadata of a tus upload (`Upload-Metadata`); all required but source_sha256. */
export const uploadMetadata = z.object({
  sha256,
  source_sha256: sha256.optional(),
  filename: text(255),
  type: z.enum(["image/jpeg", "image/png", "image/webp"]),
});

export const categories = [
  "pemerintahan",
  "pembangunan",
  "ekonomi",
  "kesehatan",
  "pendidikan",
  "sosial",
  "keagamaan",
  "trantibum",
  "lingkungan",
  "kebencanaan",
  "olahraga",
  "pertanian",
  "budaya",
  "teknologi",
] as const;
