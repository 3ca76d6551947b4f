import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on a free port of this machine. */
export async function listen(handle: http.RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = http.createServer(handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Hands a request on. Where nobody answers, the connection breaks. @param answered gets the answer, in place of the client */
export function handOn(
  target: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  answered: (answer: http.IncomingMessage, give: () => void) => void,
): http.ClientRequest {
  const { method, headers } = request;
  const onward = http.request(target + request.url, { method, headers, agent: false });
  onward.on("response", (answer) => {
    answered(answer, () => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
  return onward;
}
