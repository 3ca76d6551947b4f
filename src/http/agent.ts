import http from "node:http";
import https from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { proxyOf } from "./proxy.js";

/** Concurrent connections to one origin; further requests wait for a free one. */
const connections = 8;
/** Closes an idle connection before the server does (Node: after 5 s), so that no request meets a closed one. */
const idleMs = 4_000;

/**
 * Keeps connections to `origin` open between requests, through the proxy that the environment names (`proxyOf`). Throws `proxy-invalid`
 * (exit 2).
 */
export function createAgent(origin: string): http.Agent {
  const options = {
    keepAlive: true,
    maxSockets: connections,
    scheduling: "lifo" as const,
    timeout: idleMs,
  };
  const proxy = proxyOf(origin);
  if (proxy) return new HttpsProxyAgent(proxy.url, options);
  return origin.startsWith("https:") ? new https.Agent(options) : new http.Agent(options);
}

/**
 * Connections that all clients of `origin` share, so that a photo goes over one that a question has opened. undefined where a proxy is asked
 * for an address without TLS: axios gives it the whole address, which more of them let through than a tunnel. Throws `proxy-invalid` (exit 2).
 */
export function createSharedAgent(origin: string): http.Agent | undefined {
  return proxyOf(origin) === undefined || origin.startsWith("https:") ? createAgent(origin) : undefined;
}

/**
 * A tunnel for each request, where a proxy stands before `origin`; undefined where none is needed. The tunnel that axios brings waits for ever
 * where the proxy cuts the connection (https-proxy-agent before 7).
 */
export function createTunnel(origin: string): http.Agent | undefined {
  const proxy = proxyOf(origin);
  return proxy && origin.startsWith("https:") ? new HttpsProxyAgent(proxy.url) : undefined;
}
