import type { RequestListener, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { addressGroup } from "../../text/address-group.js";
import { addressOf } from "../http/rate-limits.js";

/** How many connections the service holds, and how long it waits for what a client sends. Times in ms. */
export interface ConnectionLimits {
  /** Connections at once; for one more, the oldest of the address that holds the most is ended. */
  max: number;
  /** Until the headers of a request are complete, from the connection's beginning or the end of the request before. */
  headersMs: number;
  /** Until a JSON or form body is complete, from its headers. */
  bodyMs: number;
  /** Until a whole request is complete: 20 MB of a photo at 90 kbit/s. A slower upload resumes where it was cut. */
  requestMs: number;
  /** Without a byte in either direction. */
  silenceMs: number;
  /** Until the answer to one request too many. */
  refusalMs: number;
}

/**
 * The 23 kecamatan and the office need some dozens of connections, and the change feed has 200 streams at most; a proxy
 * opens one for each request.
 */
export const defaultConnections: ConnectionLimits = {
  max: 1000,
  headersMs: 15_000,
  bodyMs: 30_000,
  requestMs: 30 * 60_000,
  silenceMs: 2 * 60_000,
  refusalMs: 300,
};

/** Fastify's options for these limits, without TLS. */
export function connectionOptions({ headersMs, requestMs, silenceMs }: ConnectionLimits) {
  return {
    connectionTimeout: silenceMs,
    requestTimeout: requestMs,
    http: serverOptions({ headersMs }),
  };
}

/** Node's options of an HTTP or HTTPS server for these limits. */
export function serverOptions({ headersMs }: Pick<ConnectionLimits, "headersMs">) {
  return { headersTimeout: headersMs, connectionsCheckingInterval: Math.min(headersMs, 5000) };
}

/**
 * Bounds the connections of the service, answers the requests of each in turn, and refuses expectations.
 *
 * @param connections the limits
 */
export function boundConnections(app: FastifyInstance, { max }: ConnectionLimits): void {
  admitNewest(app, max);
  answerInTurn(app.server);
  // Node itself would answer an expectation that it does not know (RFC 9110, 10.1.1), and leave the connection open to a
  // body for which no limit of ours holds.
  app.server.on("checkExpectation", (_request, response) => {
    response.writeHead(417, { connection: "close", "content-length": "0" }).end();
  });
}

/**
 * Admits every new connection. Beyond `max`, the oldest one of the address that holds the most is ended for it: who opens a
 * thousand ends their own. Node's `maxConnections` would keep everybody else out.
 */
function admitNewest(app: FastifyInstance, max: number): void {
  /** Connections by address, the oldest first. */
  const held = new Map<string, Set<Socket>>();
  const addresses = new WeakMap<Socket, string>();
  let open = 0;

  const hold = (socket: Socket, address: string) => {
    addresses.set(socket, address);
    const sockets = held.get(address);
    if (sockets) sockets.add(socket);
    else held.set(address, new Set([socket]));
  };
  const letGo = (socket: Socket) => {
    const address = addresses.get(socket) ?? "";
    const sockets = held.get(address);
    sockets?.delete(socket);
    if (sockets?.size === 0) held.delete(address);
  };
  const oldestOfMost = (): Socket | undefined => {
    let most = new Set<Socket>();
    for (const sockets of held.values()) if (sockets.size > most.size) most = sockets;
    return most.values().next().value;
  };

  app.server.on("connection", (socket) => {
    hold(socket, addressGroup(socket.remoteAddress ?? ""));
    open += 1;
    socket.once("close", () => {
      letGo(socket);
      open -= 1;
    });
    if (open > max) oldestOfMost()?.destroy();
  });
  // Through a proxy, they all come from its address; with the first request, the client's is known. A connection under TLS
  // has another socket here, and the right address already.
  app.addHook("onRequest", async (request) => {
    const { socket } = request.raw;
    if (socket.destroyed || !addresses.has(socket)) return;
    const address = addressOf(request);
    if (addresses.get(socket) === address) return;
    letGo(socket);
    hold(socket, address);
  });
}

/**
 * Answers the requests of a connection one after the other (RFC 9112, 9.3.2). One that comes before the answer before it has
 * ended waits: a client that has all of that answer does not know that the service has yet to close a file. A second one
 * ends the connection: Node would take thousands in one turn of the event loop, hold their answers however long, and say
 * nothing of their end.
 */
function answerInTurn(server: Server): void {
  const [answer] = server.listeners("request") as [RequestListener];
  server.removeListener("request", answer);
  const latest = new WeakMap<Socket, ServerResponse>();
  server.on("request", (request, response) => {
    const { socket } = request;
    const before = latest.get(socket);
    latest.set(socket, response);
    // An answer has the socket when its turn has come.
    if (response.socket !== null) answer.call(server, request, response);
    else if (before?.socket) {
      before.once("finish", () => {
        if (response.socket?.destroyed === false) answer.call(server, request, response);
      });
    } else socket.destroy();
  });
}
