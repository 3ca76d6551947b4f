import { z } from "zod";
import { instant, pageQuery } from "./fields.js";

/** Everything that the audit log records: the changes of people, logins and access, and what left the newsroom. */
export const auditEvents = [
  "person-invited",
  "person-suspended",
  "person-resumed",
  "person-revoked",
  "code-issued",
  "token-issued",
  "token-rotated",
  "token-ended",
  "link-issued",
  "activated",
  "password-set",
  "logged-in",
  "confirmed",
  "login-failed",
  "logged-out",
  "sessions-ended",
  "exported",
  "restored",
  "redacted",
  "internal-opened",
  "settings-changed",
  "account-decided",
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/** Where an act came in: a page of the desk, the API, or a command with the data folder or the database. */
export const auditVias = ["desk", "api", "command"] as const;
export type AuditVia = (typeof auditVias)[number];

/** Facts of an event that name nobody: they are hashed into the chain and cannot be erased. */
export const auditDetail = z.partialRecord(
  z.enum(["role", "kecamatan", "way", "what", "revision", "count"]),
  z.union([z.string(), z.number()]),
);
export type AuditDetail = z.infer<typeof auditDetail>;

/** The name is null once it is erased. */
const auditPerson = z.object({ id: z.uuid(), name: z.string().nullable() });

export const auditEntry = z.object({
  /** 1, 2, 3 … without gaps. */
  seq: z.number().int(),
  id: z.uuid(),
  at: instant,
  event: z.enum(auditEvents),
  /** Null for the owner of the data folder, and before a login. */
  actor: auditPerson.nullable(),
  /** The person whom the act concerns. */
  subject: auditPerson.nullable(),
  /** Id of the token, submission or redaction; channel and id of an account. */
  object: z.string().nullable(),
  via: z.enum(auditVias),
  detail: auditDetail,
  /** Both are null once they are erased, and for a command. */
  address: z.string().nullable(),
  browser: z.string().nullable(),
  /** SHA-256 over this entry and the hash of the one before. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditQuery = pageQuery.extend({
  /** Entries by or about this person. */
  person: z.uuid().optional(),
  since: instant.optional(),
});

/** How long the audit log keeps what identifies people, in days. */
export const auditSettings = z.strictObject({
  names_days: z.int().min(90).max(3650),
  addresses_days: z.int().min(7).max(3650),
});
