import { usage } from "../errors/errors.js";
import { isLoopback } from "../text/loopback.js";

/**
 * Returns the origin of an address that may receive a secret: https, or http on this machine only (RFC 8252, 8.3),
 * without a login and without a path. Throws `address-*` (exit 2). The errors do not repeat a login in the address.
 *
 * @param address as a person typed it, e.g. "https://newsroom.example.go.id/"
 * @returns scheme, host and port as WHATWG URL writes them, e.g. "https://newsroom.example.go.id"
 */
export function checkOrigin(address: string): string {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    throw usage("address-invalid", { address: address.replace(/[^/]*@/g, "…@") });
  }
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") throw usage("address-with-login", { origin: url.origin });
  if (url.protocol !== "https:" && !isLoopback(url)) {
    throw usage("address-not-https", { origin: url.origin });
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw usage("address-with-path", { origin: url.origin });
  }
  return url.origin;
}

/**
 * As `checkOrigin`, for an address that a person types: "redaksi.example.go.id" gets https, and a name of this machine
 * ("localhost:4600") http. A single word is no address.
 */
export function typedOrigin(typed: string): string {
  const address = typed.trim();
  const isBare = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]|$)/i.test(
    address,
  );
  const local = `http://${address}`;
  if (!isBare || !URL.canParse(local)) return checkOrigin(address);
  return checkOrigin(isLoopback(new URL(local)) ? local : `https://${address}`);
}

/** Whether `typedOrigin` takes it. */
export function isTypedOrigin(typed: string): boolean {
  try {
    return typedOrigin(typed) !== "";
  } catch {
    return false;
  }
}
