// Who asks: OAuth 1.0a (RFC 5849) by its own arithmetic, not by the client's library, and OAuth 2 bearer tokens.
import { createHmac, timingSafeEqual } from "node:crypto";
import { appOnlyBearer, office, other, readOnlyBearer } from "./accounts.mjs";

/** X refuses an OAuth 1.0a timestamp that is further off than this, in s. */
const maxSkewSeconds = 300;

/**
 * @typedef {object} Caller
 * @property {string} userId
 * @property {string} token
 * @property {boolean} writes
 */

/** RFC 5849, 3.6. */
const encode = (/** @type {string} */ text) =>
  encodeURIComponent(text).replace(
    /[!*'()]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** @param {() => number} now ms since 1970 */
export function createLogins(now) {
  /** @type {Set<string>} */
  const nonces = new Set();
  /** @type {Set<string>} */
  const revoked = new Set();
  const byToken = new Map([office, other].map((account) => [account.keys.access_token, account]));
  const byBearer = new Map([office, other].map((account) => [account.bearer, account]));

  return {
    /** @param {string} token OAuth 1.0a's access token, or a bearer token */
    revoke(token) {
      revoked.add(token);
    },
    reset() {
      nonces.clear();
      revoked.clear();
    },
    /**
     * @param {{ method: string, url: URL, authorization: string | undefined }} asked `url` as the client meant it
     * @returns {Caller | undefined | "app"} undefined: X says 401
     */
    caller({ method, url, authorization = "" }) {
      const bearer = /^Bearer (\S+)$/.exec(authorization)?.[1];
      if (bearer !== undefined) {
        if (revoked.has(bearer)) return undefined;
        if (bearer === appOnlyBearer) return "app";
        if (bearer === readOnlyBearer) return { userId: office.id, token: bearer, writes: false };
        const account = byBearer.get(bearer);
        return account && { userId: account.id, token: bearer, writes: true };
      }
      const given = headerFields(authorization);
      if (!given) return undefined;
      const { oauth_signature: signature = "", ...signed } = given;
      const account = byToken.get(signed.oauth_token ?? "");
      const seconds = Number(signed.oauth_timestamp);
      const isComplete =
        signed.oauth_version === "1.0" &&
        signed.oauth_signature_method === "HMAC-SHA1" &&
        /^\d+$/.test(signed.oauth_timestamp ?? "") &&
        (signed.oauth_nonce ?? "").length >= 8 &&
        signed.oauth_consumer_key === account?.keys.api_key;
      if (!account || !isComplete || revoked.has(account.keys.access_token)) return undefined;
      if (Math.abs(seconds - now() / 1000) > maxSkewSeconds) return undefined;
      // A JSON or multipart body is not signed (3.4.1.3.1); the query is.
      const parameters = [...Object.entries(signed), ...url.searchParams]
        .map(([name, value]) => /** @type {[string, string]} */ ([encode(name), encode(value)]))
        .sort(([a, b], [c, d]) => (a === c ? (b < d ? -1 : 1) : a < c ? -1 : 1))
        .map(([name, value]) => `${name}=${value}`)
        .join("&");
      const base = [method, `${url.origin}${url.pathname}`, parameters].map(encode).join("&");
      const key = `${encode(account.keys.api_secret)}&${encode(account.keys.access_secret)}`;
      const expected = createHmac("sha1", key).update(base).digest();
      const received = Buffer.from(signature, "base64");
      if (received.length !== expected.length || !timingSafeEqual(received, expected)) return undefined;
      const nonce = `${signed.oauth_timestamp} ${signed.oauth_nonce}`;
      if (nonces.has(nonce)) return undefined;
      nonces.add(nonce);
      return { userId: account.id, token: account.keys.access_token, writes: true };
    },
  };
}

/**
 * @param {string} authorization
 * @returns {Record<string, string> | undefined}
 */
function headerFields(authorization) {
  if (!authorization.startsWith("OAuth ")) return undefined;
  const fields = authorization
    .slice("OAuth ".length)
    .split(",")
    .map((field) => /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(field));
  if (fields.some((field) => field === null)) return undefined;
  return Object.fromEntries(fields.map((field) => [field?.[1], decodeURIComponent(field?.[2] ?? "")]));
}
