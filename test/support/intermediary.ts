import type http from "node:http";
import { handOn, listen } from "./standing-between.js";

/** How something between a client and a newsroom answers in its place; undefined hands the request on. */
export type Interception = (
  request: Pick<http.IncomingMessage, "method" | "url" | "headers">,
) => { status: number; headers?: Record<string, string>; body?: string } | undefined;

export interface Intermediary {
  url: string;
  /** "PATCH 413", of each request. */
  seen: string[];
  intercepts: Interception;
  close(): Promise<void>;
}

/** Stands between a client and a newsroom as nginx, a firewall or a hotspot does: its answers are pages. */
export async function startIntermediary(target: string): Promise<Intermediary> {
  const served = await listen((request, response) => {
    const own = intermediary.intercepts(request);
    if (own) {
      intermediary.seen.push(`${request.method} ${own.status}`);
      request.resume();
      response.writeHead(own.status, { "content-type": "text/html", ...own.headers });
      response.end(own.body ?? `<html><title>${own.status}</title></html>`);
      return;
    }
    handOn(target, request, response, (answer, give) => {
      intermediary.seen.push(`${request.method} ${answer.statusCode}`);
      give();
    });
  });
  const intermediary: Intermediary = { ...served, seen: [], intercepts: () => undefined };
  return intermediary;
}
