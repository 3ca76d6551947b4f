import { BlockList, isIP } from "node:net";
import { getProxyForUrl } from "proxy-from-env";
import { usage } from "../errors/errors.js";
import { isLoopback } from "../text/loopback.js";

/** A proxy that the environment names. */
export interface ProxySetting {
  /** With the login, which nobody else may see. */
  url: URL;
  /** The variable that names it, as it is written: `HTTPS_PROXY`, `https_proxy`, `ALL_PROXY`, … */
  variable: string;
  /** The address without its password. */
  shown: string;
}

/**
 * The proxy between this machine and `origin`, as `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say; undefined for a direct
 * connection. A server on this machine is always asked directly. Throws `proxy-invalid` (exit 2) where the variable holds no address of
 * a proxy.
 */
export function proxyOf(origin: string): ProxySetting | undefined {
  const target = new URL(origin);
  const value = isLoopback(target) || isInDirectNetwork(target) ? "" : getProxyForUrl(origin);
  const scheme = target.protocol.slice(0, -1);
  const variable = variableOf(scheme);
  const written = (process.env[variable] ?? value).trim();
  if (value === "" || written === "") return undefined;
  // proxy-from-env gives an address without a scheme that of the target. A proxy is spoken to without TLS unless it says otherwise, as curl does.
  const url = parseProxy(written.includes("://") ? written : `http://${written}`);
  if (!url) throw usage("proxy-invalid", { variable, value: withoutPassword(written) });
  return { url, variable, shown: withoutPassword(written) };
}

/**
 * Whether `NO_PROXY` names a network (CIDR, RFC 4632) that the target's address is in, as curl reads it; proxy-from-env knows none. A name is
 * not looked up for it.
 */
function isInDirectNetwork({ hostname }: URL): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  const networks = new BlockList();
  for (const entry of (process.env.no_proxy || process.env.NO_PROXY || "").split(/[,\s]+/)) {
    const [, network = "", prefix = ""] = /^\[?([\d.]+|[\da-f:.]+)\]?\/(\d{1,3})$/i.exec(entry) ?? [];
    const family = familyOf(network);
    if (family && Number(prefix) <= (family === "ipv4" ? 32 : 128))
      networks.addSubnet(network, Number(prefix), family);
  }
  const family = familyOf(address);
  return family !== undefined && networks.check(address, family);
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 4 ? "ipv4" : version === 6 ? "ipv6" : undefined;
}

/** The first variable that is set, in the order in which proxy-from-env looks. */
function variableOf(scheme: string): string {
  const names = [`${scheme}_proxy`, "all_proxy"].flatMap((name) => [name, name.toUpperCase()]);
  return names.find((name) => process.env[name]) ?? `${scheme}_proxy`.toUpperCase();
}

/** Only a proxy that speaks HTTP is one that we can speak to: not a SOCKS proxy. */
function parseProxy(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  return ["http:", "https:"].includes(url.protocol) && url.hostname !== "" ? url : undefined;
}

/**
 * Hides the password in an address that may be malformed: whatever stands between the user's name and the last "@". Without an "@" it may
 * have been forgotten, so of "name:password:host" the middle is hidden too.
 */
export function withoutPassword(address: string): string {
  const [, scheme = "", rest = ""] = /^(.*?:\/\/|)(.*)$/s.exec(address) ?? [];
  const at = rest.lastIndexOf("@");
  const [first, last] = at < 0 ? [rest.indexOf(":"), rest.lastIndexOf(":")] : [rest.indexOf(":"), at];
  if (at < 0 && (first === last || rest.startsWith("["))) return address;
  // Without a colon before the "@" the name alone may be a token.
  const shownUntil = first >= 0 && first < last ? first + 1 : 0;
  return `${scheme}${rest.slice(0, shownUntil)}***${rest.slice(last)}`;
}
