import type { KominfoError } from "../../errors/errors.js";

/**
 * Codes of connections that never stood, so that nothing was sent: the name is not known, nobody listens there, or the certificate
 * is another's. A reset or a silence proves nothing.
 */
const neverSent =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_\w+)$/;

/** What a request that failed without an answer tells: whether anything was sent, and the connection's own code. */
export function lostRequest(error: KominfoError): { isSent: boolean; reason: string } {
  const fields: unknown = error.params;
  const reason =
    typeof fields === "object" && fields !== null && "reason" in fields ? String(fields.reason) : "";
  return { isSent: !(error.code === "server-unreachable" && neverSent.test(reason)), reason };
}
