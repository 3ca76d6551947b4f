import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { isLoopback } from "../../text/loopback.js";
import { problem } from "../services/problem.js";
import { isLocalRequest, type Transport } from "./origin.js";

/** How the newsroom is reached. */
export interface Door {
  transport: Transport;
  /** Origin under which people reach the newsroom, e.g. "https://redaksi.example.go.id". */
  publicUrl?: string | undefined;
}

/**
 * The origin that links to the newsroom begin with. Never taken from a header, which whoever sends the request writes.
 * Undefined if it is not configured, and people reach the newsroom from other machines.
 */
export function publicOrigin({ transport, publicUrl }: Door, request: FastifyRequest): string | undefined {
  if (publicUrl !== undefined) return publicUrl;
  if (transport !== "local") return undefined;
  const { localAddress = "127.0.0.1", localPort = 0 } = request.raw.socket;
  return `http://${localAddress.includes(":") ? `[${localAddress}]` : localAddress}:${localPort}`;
}

/**
 * Refuses requests that name another host than the newsroom's: a web page whose name was made to point to this machine
 * (DNS rebinding) would otherwise read and use what only this machine may. Behind TLS or a proxy the newsroom knows its
 * name only if it is configured; requests from this machine to `openRoutes` may name this machine there.
 *
 * Throws `misdirected`; `invalid` (400) for two Host headers, or none in HTTP/1.1 (RFC 9112, 3.2).
 */
export function requireHost(app: FastifyInstance, door: Door, openRoutes: ReadonlySet<string>): void {
  const { transport, publicUrl } = door;
  const publicName = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  app.addHook("onRequest", async (request) => {
    const lines = hostLines(request);
    if (lines > 1 || (lines === 0 && request.raw.httpVersion === "1.1"))
      throw problem("invalid", { status: 400 });
    if (transport !== "local" && publicName === undefined) return;
    const mayNameMachine =
      transport === "local" || (isLocalRequest(request) && openRoutes.has(request.routeOptions.url ?? ""));
    const isAllowed = (authority: string) => {
      const name = hostnameOf(authority);
      return name !== undefined && (name === publicName || (mayNameMachine && isLoopback(name)));
    };
    // A forwarded host counts only from a trusted proxy: that is how Fastify reads it.
    if (![request.host ?? "", ...targetAuthority(request)].every(isAllowed)) throw problem("misdirected");
  });
}

function hostLines({ raw: { rawHeaders } }: FastifyRequest): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
}

/** The host that the request line itself names, if any ("GET http://host/path"): it counts as well as the header. */
function targetAuthority({ originalUrl: url }: FastifyRequest): string[] {
  return url.startsWith("/") || url === "*" ? [] : [absoluteForm.exec(url)?.[1] ?? ""];
}

const absoluteForm = /^https?:\/\/([^/?#]*)/i;

/** The target of a request without the host that it names itself (RFC 9112, 3.2.2 and 3.2.4); for Fastify's `rewriteUrl`. */
export function originForm({ method, url = "" }: IncomingMessage): string {
  if (!absoluteForm.test(url)) return url;
  const path = url.replace(absoluteForm, "");
  if (path === "" && method === "OPTIONS") return "*";
  return path.startsWith("/") ? path : `/${path}`;
}

/** The host of `host[:port]`, as WHATWG URL writes it, without the brackets of IPv6. */
function hostnameOf(authority: string): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(authority) || !URL.canParse(`http://${authority}`)) return undefined;
  return new URL(`http://${authority}`).hostname.replace(/^\[(.*)\]$/, "$1");
}
