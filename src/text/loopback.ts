import { isIP } from "node:net";

/**
 * Whether a host, or the host of a URL, is this machine itself: 127.0.0.0/8 (RFC 1122), also as IPv6 writes it
 * (`::ffff:127.0.0.1`), ::1 (RFC 4291) and localhost (RFC 6761).
 */
export function isLoopback(where: string | URL): boolean {
  // URL writes an IPv6 address in brackets.
  const host = typeof where === "string" ? where : where.hostname.replace(/^\[(.*)\]$/, "$1");
  if (host === "localhost" || host === "::1") return true;
  const plain = host.replace(/^::ffff:/i, "");
  return isIP(plain) === 4 && plain.startsWith("127.");
}
