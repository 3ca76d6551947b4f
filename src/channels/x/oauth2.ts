import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { denied } from "../../errors/errors.js";
import { withLock } from "../../files/lock.js";
import { problemOf } from "../login/answers.js";
import type {
  Asking,
  BrowserAttempt,
  BrowserLogin,
  Renewal,
  RenewalStorage,
  Secret,
} from "../login/types.js";

/**
 * OAuth 2.0 with PKCE (RFC 7636) for an app that X calls a "Native App": it has a client id and no secret.
 * https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/user-access-token
 */
const authorizePage = "https://x.com/i/oauth2/authorize";
const scopes = ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"];

/** Registered with the app at X, letter by letter: X compares the whole address, port included (RFC 8252, 7.3). */
const redirectPort = 45713;
const redirectAddress = (port: number) => `http://127.0.0.1:${port}/callback`;

/** An access token lives two hours; one that ends within this time, in ms, is renewed before it is used. */
const spare = 5 * 60_000;

const tokens = z.object({
  token_type: z.string().regex(/^bearer$/i),
  access_token: z.string().regex(/^[\x21-\x7e]{10,4096}$/),
  refresh_token: z.string().regex(/^[\x21-\x7e]{10,4096}$/),
  expires_in: z.int().positive().max(31_536_000),
});
const refusal = z.object({ error: z.string() });

function startAttempt(clientId: string, port: number): BrowserAttempt {
  const state = randomBytes(24).toString("base64url");
  const verifier = randomBytes(48).toString("base64url");
  const redirect = redirectAddress(port);
  const url = new URL(authorizePage);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirect,
    scope: scopes.join(" "),
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  return { clientId, state, verifier, redirect, url: url.href };
}

/** Exchanges the code that came back for tokens. Throws `channel-refused` (exit 4) and as `problemOf`. */
function finishAttempt(asking: Asking, attempt: BrowserAttempt, code: string): Promise<Secret> {
  return askForTokens(asking, attempt.clientId, {
    grant_type: "authorization_code",
    code,
    redirect_uri: attempt.redirect,
    code_verifier: attempt.verifier,
  });
}

/**
 * The account with an access token that still lives for a while. X takes each refresh token once: so one process
 * renews at a time, the others take what it saved, and nothing is used before it is saved.
 */
async function renewed(asking: Asking, secret: Secret, storage: RenewalStorage): Promise<Secret> {
  if (isFresh(secret, asking.now)) return secret;
  return withLock(
    storage.lock,
    async () => {
      const kept = await storage.read();
      if (isFresh(kept, asking.now)) return kept;
      const next = await askForTokens(asking, kept.client_id ?? "", {
        grant_type: "refresh_token",
        refresh_token: kept.refresh_token ?? "",
      });
      // Whose account it is does not change.
      const { user_id, username } = kept;
      const named = { ...next, ...(user_id && { user_id }), ...(username && { username }) };
      await storage.save(named);
      return named;
    },
    // The holder waits for X to answer.
    { waitMs: 60_000 },
  );
}

/** Whether this account logs in by OAuth 2.0. */
export function isOAuth2(secret: Secret): boolean {
  return secret.client_id !== undefined;
}

function isFresh(secret: Secret, now: Date): boolean {
  return !isOAuth2(secret) || Date.parse(secret.access_expires_at ?? "") - now.getTime() > spare;
}

async function askForTokens(
  { http, origin, now }: Asking,
  client_id: string,
  form: Record<string, string>,
): Promise<Secret> {
  const answer = await http({ method: "POST", path: "/2/oauth2/token", form: { ...form, client_id } });
  const found = answer.status === 200 ? tokens.safeParse(answer.body) : undefined;
  if (!found?.success) {
    // RFC 6749, 5.2: an authorization that is used up, or not for this app, gives status 400.
    const isRefused = answer.status === 400 && refusal.safeParse(answer.body).success;
    throw isRefused
      ? denied("channel-refused", { service: "x", origin })
      : problemOf(answer, { service: "x", origin });
  }
  const { access_token, refresh_token, expires_in } = found.data;
  const access_expires_at = new Date(now.getTime() + expires_in * 1000).toISOString();
  return { client_id, access_token, refresh_token, access_expires_at };
}

export const renewal: Renewal = { appliesTo: isOAuth2, renewed };

export const browser: BrowserLogin = {
  port: redirectPort,
  redirectAddress,
  start: startAttempt,
  finish: finishAttempt,
};
