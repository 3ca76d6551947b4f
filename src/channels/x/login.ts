import { createHmac, randomBytes } from "node:crypto";
import OAuth from "oauth-1.0a";
import { z } from "zod";
import { failed } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import { clockOf, problemOf } from "../login/answers.js";
import type { Asking, CheckedLogin, Secret } from "../login/types.js";
import { isOAuth2 } from "./oauth2.js";

export { browser, renewal } from "./oauth2.js";

const me = z.object({ data: z.object({ id: z.string(), username: z.string() }) });
/** What is kept beside the login: nothing that a service could not mean. */
const kept = z.object({ id: z.string().regex(/^\d{1,19}$/), username: z.string().regex(/^\w{1,50}$/) });

/** X refuses a signature that is further off (https://docs.x.com/resources/fundamentals/authentication/oauth-1-0a/authorizing-a-request). */
const maxSkewMs = 5 * 60_000;

/** https://docs.x.com/x-api/users/get-my-user. Throws `x-clock-off` (exit 1) where this computer's clock is why X refuses. */
export async function check({ http, origin, now }: Asking, secret: Secret): Promise<CheckedLogin> {
  const path = "/2/users/me";
  const answer = await http({
    method: "GET",
    path,
    headers: () => ({ authorization: authorizationOf({ method: "GET", url: origin + path, secret, now }) }),
  });
  const found = answer.status === 200 ? me.safeParse(answer.body) : undefined;
  if (found?.success) {
    const own = kept.safeParse(found.data.data).data;
    return {
      name: `@${found.data.data.username}`,
      ...(own && { keep: { user_id: own.id, username: own.username } }),
    };
  }
  requireRightClock(answer, { origin, now, secret });
  throw problemOf(answer, { service: "x", origin });
}

/** A signature of another hour is refused as if the keys were wrong; they may be right. */
function requireRightClock(
  answer: HttpAnswer,
  { origin, now, secret }: { origin: string; now: Date; secret: Secret },
): void {
  const there = answer.status === 401 && !isOAuth2(secret) ? clockOf(answer) : undefined;
  if (!there || Math.abs(there.getTime() - now.getTime()) <= maxSkewMs) return;
  throw failed("x-clock-off", { origin, here: now.toISOString(), there: there.toISOString() });
}

interface ToSign {
  method: "GET" | "POST" | "DELETE";
  /** With its query, which is signed too. */
  url: string;
  secret: Secret;
  now: Date;
  /** Never the same twice; a test brings its own. */
  nonce?: string;
}

/** The `Authorization` of one try of a request, by whichever login is stored. A JSON or multipart body is not signed. */
export function authorizationOf(asked: ToSign): string {
  return isOAuth2(asked.secret) ? `Bearer ${asked.secret.access_token}` : signature(asked);
}

/** The `Authorization` of a request under OAuth 1.0a with HMAC-SHA1 (RFC 5849, 3.4.2). */
export function signature({ method, url, secret, now, nonce }: ToSign): string {
  const oauth = new OAuth({
    consumer: { key: secret.api_key ?? "", secret: secret.api_secret ?? "" },
    signature_method: "HMAC-SHA1",
    hash_function: (text, key) => createHmac("sha1", key).update(text).digest("base64"),
  });
  // The library's own nonce and time come from Math.random and the clock.
  const fields = {
    oauth_consumer_key: secret.api_key ?? "",
    oauth_nonce: nonce ?? randomBytes(16).toString("hex"),
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: Math.floor(now.getTime() / 1000),
    oauth_token: secret.access_token ?? "",
    oauth_version: "1.0",
  };
  const oauth_signature = oauth.getSignature({ method, url, data: {} }, secret.access_secret, fields);
  return oauth.toHeader({ ...fields, oauth_signature }).Authorization;
}
