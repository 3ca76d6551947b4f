import { failed, type KominfoError, temporary } from "../errors/errors.js";
import { proxyOf } from "./proxy.js";

interface BrokenRequest {
  origin: string;
  /** Without query. */
  path: string;
  /** What Node threw. */
  error: unknown;
  /** The time by this computer's clock, for certificates that are not valid at it. */
  now?: (() => Date) | undefined;
}

/**
 * Codes of OpenSSL and Node for a certificate that is not accepted: https://nodejs.org/api/tls.html#x509-certificate-error-codes.
 * Nothing was sent, and no waiting mends it.
 */
const certificateCode =
  /^(CERT_\w+|CRL_\w+|UNABLE_TO_\w+|(DEPTH_ZERO_)?SELF_SIGNED_\w+|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_\w+)$/;

/** Codes of a connection that did not come to be. Behind a proxy the only one that is made is to the proxy itself. */
const notConnected = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|E(NET|HOST)(UNREACH|DOWN)|EADDRNOTAVAIL)$/;

/**
 * The failure of a request that got no answer: `server-unreachable` (exit 5; exit 1 where the certificate is not accepted) or
 * `proxy-unreachable` (exit 5). It holds no request, whose headers carry the login.
 */
export function connectionFailure({ origin, path, error, now }: BrokenRequest): KominfoError {
  const reason = codeOf(error);
  const proxy = proxyOf(origin);
  // One that looks into TLS shows a certificate of its own.
  const through = proxy && { proxy: proxy.shown, variable: proxy.variable };
  if (certificateCode.test(reason)) {
    const names = namesOf(error);
    return failed("server-unreachable", {
      ...{ origin, path, reason },
      ...(now && { clock: now().toISOString() }),
      ...(names && { names }),
      ...through,
    });
  }
  if (!proxy) return temporary("server-unreachable", { origin, path, reason });
  return notConnected.test(reason)
    ? temporary("proxy-unreachable", { origin, reason, proxy: proxy.shown, variable: proxy.variable })
    : temporary("server-unreachable", { origin, path, reason, ...through });
}

/** The failure of a request that took too long: `server-slow` (exit 5). */
export function slowFailure({ origin, path, error }: Omit<BrokenRequest, "now">): KominfoError {
  const proxy = proxyOf(origin);
  const through = proxy && { proxy: proxy.shown, variable: proxy.variable };
  return temporary("server-slow", { origin, path, reason: codeOf(error), ...through });
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "?";
}

/** The names that a certificate for another host is for (RFC 5280, 4.2.1.6), at most three. */
function namesOf(error: unknown): string[] | undefined {
  const { cert, cause } = (error ?? {}) as { cert?: { subjectaltname?: unknown }; cause?: unknown };
  if (cert === undefined && cause !== undefined) return namesOf(cause);
  if (typeof cert?.subjectaltname !== "string") return undefined;
  const names = cert.subjectaltname.split(", ").map((name) => name.replace(/^(DNS|IP Address):/, ""));
  return names.slice(0, 3).map((name) => name.slice(0, 100));
}
