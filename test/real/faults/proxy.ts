import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";

/** What may happen to one request on a bad line. */
export type Fault =
  /** The line breaks at a random byte of the request. */
  | "cut-request"
  /** The newsroom does the work; the line breaks at a random byte of its answer. */
  | "cut-answer"
  /** The newsroom does the work; nothing of its answer arrives. */
  | "lost-answer"
  /** Everything takes longer. */
  | "delay"
  | "429"
  | "502"
  | "503";
export const faults: readonly Fault[] = [
  "cut-request",
  "cut-answer",
  "lost-answer",
  "delay",
  "429",
  "502",
  "503",
];

/** A bad line between clients and a newsroom, on the level of TCP. */
export interface FaultyLine {
  url: string;
  /** Where it leads; may change while it runs. */
  target: string;
  /** Requests that came, and what happened to them. */
  requests: number;
  counted: Map<Fault, number>;
  /** Bytes that clients sent into it, headers included. */
  sent: number;
  close(): Promise<void>;
}

/**
 * Reads HTTP/1.1 requests as they come on each connection, and decides for each by `random` whether and how it goes
 * wrong. A request has a Content-Length or no body: nothing else is ever sent by our client.
 *
 * @param share of requests that go wrong, 0 to 1
 */
export async function startFaultyLine(
  target: string,
  share: number,
  random: () => number,
): Promise<FaultyLine> {
  const line: FaultyLine = {
    url: "",
    target,
    requests: 0,
    counted: new Map(),
    sent: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    return socket;
  };
  const server = net.createServer({ noDelay: true }, (client) =>
    serve(line, keep(client), keep, share, random),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  line.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return line;
}

interface Request {
  fault: Fault | undefined;
  /** Bytes of it that are still to come. */
  left: number;
  /** Bytes after which a cut comes. */
  until: number;
  waitMs: number;
}

function serve(
  line: FaultyLine,
  client: Socket,
  keep: (socket: Socket) => Socket,
  share: number,
  random: () => number,
): void {
  const { hostname, port } = new URL(line.target);
  const server = keep(net.connect({ host: hostname, port: Number(port), noDelay: true }));
  let head = Buffer.alloc(0);
  let request: Request | undefined;
  const end = () => {
    client.destroy();
    server.destroy();
  };
  client.on("close", end);
  server.on("close", end);

  const begin = (): Buffer | undefined => {
    const at = head.indexOf("\r\n\r\n");
    if (at < 0) return undefined;
    const [, length = "0"] = /\r\ncontent-length: (\d+)/i.exec(head.toString("latin1", 0, at)) ?? [];
    const size = at + 4 + Number(length);
    const fault = random() < share ? faults[Math.floor(random() * faults.length)] : undefined;
    line.requests++;
    if (fault) line.counted.set(fault, (line.counted.get(fault) ?? 0) + 1);
    request = { fault, left: size, until: Math.floor(random() * size), waitMs: 20 + random() * 200 };
    const all = head;
    head = Buffer.alloc(0);
    return all;
  };
  const forward = (bytes: Buffer): void => {
    if (!request) {
      head = Buffer.concat([head, bytes]);
      const begun = begin();
      if (begun) forward(begun);
      return;
    }
    const now = request;
    const part = bytes.subarray(0, now.left);
    now.left -= part.length;
    if (now.fault === "cut-request") {
      now.until -= part.length;
      if (now.until <= 0) {
        server.write(part.subarray(0, part.length + now.until));
        return void setTimeout(end, 2);
      }
    }
    if (now.fault === "429" || now.fault === "502" || now.fault === "503") {
      refuse(client, now.fault, end);
      return;
    }
    // Every part of it equally long, so that they arrive in their order.
    if (now.fault === "delay") setTimeout(() => server.writable && server.write(part), now.waitMs);
    else server.write(part);
    if (now.left === 0) {
      const rest = bytes.subarray(part.length);
      answering = now;
      request = undefined;
      if (rest.length > 0) forward(rest);
    }
  };
  let answering: Request | undefined;
  client.on("data", (bytes) => {
    line.sent += bytes.length;
    if (!client.destroyed) forward(bytes);
  });
  server.on("data", (bytes) => {
    // An answer that comes before its request is whole belongs to that request.
    const fault = (request ?? answering)?.fault;
    if (fault === "lost-answer") return void setTimeout(end, 5);
    if (fault === "cut-answer") {
      client.write(bytes.subarray(0, Math.floor(random() * bytes.length)));
      return void setTimeout(end, 5);
    }
    client.write(bytes);
  });
}

/** As a gateway does, without a word to the newsroom. */
function refuse(client: Socket, status: "429" | "502" | "503", end: () => void): void {
  const wait = status === "502" ? "" : "Retry-After: 0\r\n";
  client.end(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n${wait}Connection: close\r\n\r\n`);
  setTimeout(end, 20);
}
