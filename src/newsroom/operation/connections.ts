import type { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { addressGroup } from "../../text/address-group.js";
import { holdConnections, type Owner } from "./held-connections.js";
import { logRefused } from "./log.js";
import { answerInTurn, type Refusal } from "./request-order.js";

/** How many connections the service holds, and how long it waits for what a client sends. Times in ms. */
export interface ConnectionLimits {
  /** Connections at once; for one more, one of whoever holds the most is ended. */
  max: number;
  /** Until the headers of a request are complete, from the connection's beginning or the end of the request before. */
  headersMs: number;
  /** Until a JSON or form body is complete, from its headers. */
  bodyMs: number;
  /** Until a whole request is complete: 20 MB of a photo at 90 kbit/s. A slower upload resumes where it was cut. */
  requestMs: number;
  /** Without a byte in either direction. */
  silenceMs: number;
  /** Until the answer to a refused request; longer where many wait, see `refusalPause`. */
  refusalMs: number;
}

/**
 * The 23 kecamatan and the office need some dozens of connections, and the change feed has 200 streams at most; nginx opens
 * one for each request, unless it is told to keep some.
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
  return {
    headersTimeout: headersMs,
    connectionsCheckingInterval: Math.min(headersMs, 5000),
    // `requireHost` looks after it: Node's own answer would not wait for its turn, see `answerInTurn`.
    requireHostHeader: false,
  };
}

/**
 * Bounds the connections of the service: how many there are, and what waits on each.
 *
 * @param ownerOf whose a request's connection is; undefined when its client has gone
 * @param refusal see `answerInTurn`
 */
export function boundConnections(
  app: FastifyInstance,
  { max }: ConnectionLimits,
  ownerOf: (request: FastifyRequest) => Owner | undefined,
  refusal: Refusal,
): void {
  admitNewest(app, max, ownerOf);
  answerInTurn(app.server, refusal, (reason) => logRefused(app, reason));
}

/**
 * Admits every new connection. Beyond `max`, one of whoever holds the most is ended for it: who opens a thousand ends their
 * own. Node's `maxConnections` would keep everybody else out.
 */
function admitNewest(
  app: FastifyInstance,
  max: number,
  ownerOf: (request: FastifyRequest) => Owner | undefined,
): void {
  const connections = holdConnections<Socket>(Math.ceil(max / 16));
  app.server.on("connection", (socket) => {
    const { remoteAddress } = socket;
    // Reset before it was looked at: its end may have been told already.
    if (remoteAddress === undefined) return void socket.destroy();
    if (connections.size >= max) connections.takeExcess()?.destroy();
    const id = endsOf(socket);
    connections.add(id, socket, { key: addressGroup(remoteAddress), isVisitor: true });
    socket.once("close", () => connections.remove(id, socket));
  });
  // Through a proxy, all connections come from its address; a request names the client's, and then its person.
  const noteOwner = async (request: FastifyRequest) => {
    const owner = ownerOf(request);
    if (owner) connections.noteRequest(endsOf(request.raw.socket), owner);
  };
  app.addHook("onRequest", noteOwner);
  app.addHook("preParsing", async (request, _reply, payload) => {
    await noteOwner(request);
    return payload;
  });
}

/** Both ends of a connection. Under TLS, the server's `connection` has another socket than a request, with the same ends. */
function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return [remoteAddress, remotePort, localAddress, localPort].join(" ");
}
