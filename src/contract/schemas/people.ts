import { z } from "zod";
import { roles } from "../lifecycle.js";
import { instant, kecamatanCode, text } from "./fields.js";

export const activationRequest = z.strictObject({ code: z.string().max(40), device: text(100).min(1) });
/** A code to be looked at before it is spent. */
export const activationCheck = z.strictObject({ code: z.string().max(40) });
export const issuedToken = z.object({
  token: z.string(),
  expires_at: instant.nullable(),
  user: z.lazy(() => user),
});

export const user = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(roles),
  /** An operator's kecamatan; null for every other role. */
  kecamatan: kecamatanCode.nullable(),
  active: z.boolean(),
  expires_at: instant.nullable(),
  last_used_at: instant.nullable(),
  /** When they were added; an older newsroom does not tell. */
  created_at: instant.optional(),
});
export type User = z.infer<typeof user>;
export const createUser = z.strictObject({
  name: text(100).min(1),
  role: z.enum(roles),
  kecamatan: kecamatanCode.optional(),
  expires_at: instant.optional(),
  /** Issues a token for scripts instead of an activation code. */
  token: z.boolean().default(false),
});
export const createdUser = z.object({
  user,
  activation_code: z.string().optional(),
  token: z.string().optional(),
  expires_at: instant.nullable().optional(),
});

export const me = z.object({ user, token: z.object({ label: z.string(), expires_at: instant.nullable() }) });
/**
 * A link with which somebody logs in at the desk once, within 15 minutes. `path` is relative to the newsroom's origin.
 */
export const loginLink = z.object({ user: z.lazy(() => user), path: z.string(), expires_at: instant });
export type LoginLink = z.infer<typeof loginLink>;
/** Requests another activation code for a person, or a token for a script of theirs. */
export const issueLogin = z.strictObject({ token: z.boolean().default(false) });
/** A login on one device, or a script's. Without its token, of which the newsroom has only a hash. */
export const deviceLogin = z.object({
  id: z.uuid(),
  label: z.string(),
  created_at: instant,
  last_used_at: instant.nullable(),
  expires_at: instant.nullable(),
});
export type DeviceLogin = z.infer<typeof deviceLogin>;
/** Somebody's logins that have not ended, the newest first. */
export const personTokens = z.object({ user, items: z.array(deviceLogin) });
export type PersonTokens = z.infer<typeof personTokens>;
/** The token that replaces the current one. */
export const rotatedToken = z.object({ token: z.string(), expires_at: instant.nullable() });
