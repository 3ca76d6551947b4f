import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** Stands between a client and a newsroom, as the bad lines of the field do. */
export interface TestProxy {
  url: string;
  /** Every request that came: "POST /api/v1/submissions". */
  seen: string[];
  /** Bytes of bodies that clients sent so far. */
  sent: number;
  /** Called whenever `sent` or `seen` changes. */
  onTraffic: (() => void) | undefined;
  /** The answers to these requests are lost from now on: the newsroom does the work, the line breaks. */
  loses: RegExp | undefined;
  /** Where it leads; may be changed while it runs. */
  target: string;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<TestProxy> {
  const server = http.createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    proxy.seen.push(line);
    proxy.onTraffic?.();
    const onward = http.request(proxy.target + request.url, {
      method: request.method,
      headers: request.headers,
      agent: false,
    });
    onward.on("response", (answer) => {
      const isLost = proxy.loses?.test(line);
      // Only once the newsroom has said all: its work is done.
      answer.once("end", () => isLost && response.destroy());
      if (isLost) return void answer.resume();
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.on("data", (chunk: Buffer) => {
      proxy.sent += chunk.length;
      proxy.onTraffic?.();
    });
    request.on("error", () => onward.destroy());
    request.pipe(onward);
  });
  const proxy: TestProxy = {
    url: "",
    seen: [],
    sent: 0,
    onTraffic: undefined,
    loses: undefined,
    target,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
