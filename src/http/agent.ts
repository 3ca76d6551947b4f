import http from "node:http";
import https from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import { isLoopback } from "../text/loopback.js";

/** Connections to one origin at the same time; more wait for one of these. */
const connections = 8;
/** A server closes a silent connection after a while (Node: 5 s); ours goes first, so that no request meets that. ms */
const silentMs = 4_000;

/**
 * Keeps connections to `origin` open between requests, through the proxy that the environment names (`HTTPS_PROXY`,
 * `HTTP_PROXY`, `NO_PROXY`), as axios does. What runs on this machine is never asked for through one.
 */
export function createAgent(origin: string): http.Agent {
  const options = {
    keepAlive: true,
    maxSockets: connections,
    scheduling: "lifo" as const,
    timeout: silentMs,
  };
  const proxy = isLoopback(new URL(origin)) ? "" : getProxyForUrl(origin);
  if (proxy) return new HttpsProxyAgent(proxy, options);
  return origin.startsWith("https:") ? new https.Agent(options) : new http.Agent(options);
}
