import { KominfoError } from "../../errors/errors.js";
import type { Outcome } from "../publishing.js";

/**
 * Codes of connections that never stood, so that nothing was sent: the name is not known, nobody listens there, or the certificate
 * is another's. A reset or a silence proves nothing.
 */
const neverSent =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_\w+)$/;

/**
 * What is known of a commit that got no answer: `failed` only where no request has left. Throws what is no expected failure.
 *
 * @param againMs when after the intent a lookup may know more
 */
export function unanswered(error: unknown, againMs: number): Outcome {
  if (!(error instanceof KominfoError)) throw error;
  const reason = connectionCode(error);
  const isConnection = error.code === "server-unreachable" || error.code === "proxy-unreachable";
  if (isConnection && neverSent.test(reason)) {
    return { state: "failed", code: error.code, reason };
  }
  // Also when the person stopped it: the request may have arrived.
  return { state: "unclear", code: error.code, reason, again_ms: againMs };
}

function connectionCode({ params }: KominfoError): string {
  const fields: unknown = params;
  return typeof fields === "object" && fields !== null && "reason" in fields ? String(fields.reason) : "";
}
