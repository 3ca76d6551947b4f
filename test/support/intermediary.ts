import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

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
  const server = http.createServer((request, response) => {
    const own = intermediary.intercepts(request);
    if (own) {
      intermediary.seen.push(`${request.method} ${own.status}`);
      request.resume();
      response.writeHead(own.status, { "content-type": "text/html", ...own.headers });
      response.end(own.body ?? `<html><title>${own.status}</title></html>`);
      return;
    }
    const { method, headers } = request;
    const onward = http.request(target + request.url, { method, headers, agent: false });
    onward.on("response", (answer) => {
      intermediary.seen.push(`${method} ${answer.statusCode}`);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  const intermediary: Intermediary = {
    url: "",
    seen: [],
    intercepts: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  intermediary.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return intermediary;
}
