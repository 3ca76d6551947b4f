import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Socket } from "node:net";

/**
 * Answers the requests of a connection one after the other (RFC 9112, 9.3.2). One that comes before the answer before it has
 * ended waits: a client that has all of that answer does not know that the service has yet to close a file. A second one
 * ends the connection, and a body in chunks is refused.
 *
 * Node would take thousands of either in one turn of the event loop, hold them however long, and say nothing of their end.
 * Of a body that nobody takes, because its request waits or is refused, only the beginning is read.
 *
 * @param refusal the text of an answer with this status, after which the connection ends
 * @param onRefused called for each request that nobody else learns of, with what is wrong with it
 */
export function answerInTurn(
  server: Server,
  refusal: Refusal = bareRefusal,
  onRefused: OnRefused = () => {},
): void {
  const watch = (socket: HttpSocket) => watchRequests(socket, refusal, onRefused);
  server.on("connection", watch);
  server.on("secureConnection", watch);
  const [answer] = server.listeners("request") as [RequestListener];
  server.removeListener("request", answer);
  server.on("request", inTurn(server, answer));
  // Node itself would answer an expectation that it does not know (RFC 9110, 10.1.1), and leave the connection open to a
  // body for which no limit of ours holds.
  server.on(
    "checkExpectation",
    inTurn(server, ({ socket }) => {
      onRefused("expectation");
      refuse(socket, refusal(417));
    }),
  );
}

/** Of a body in chunks, and of an expectation that nobody knows. */
export type Refusal = (status: 411 | 417) => string;
type OnRefused = (reason: "early" | "chunked" | "expectation") => void;

const bareRefusal: Refusal = (status) =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;

function refuse(socket: Socket, text: string): void {
  socket.end(text);
  socket.destroySoon();
}

/** Calls the listener when the answer gets the socket: its turn has come. */
function inTurn(server: Server, listener: RequestListener): RequestListener {
  const waiting = new WeakSet<Socket>();
  return (request, response) => {
    const { socket } = request;
    if (response.socket !== null) listener.call(server, request, response);
    // Does what `watchRequests` does, later, should another Node have no such parser.
    else if (waiting.has(socket)) socket.destroy();
    else {
      waiting.add(socket);
      response.once("socket", () => {
        waiting.delete(socket);
        queueMicrotask(() => {
          if (!socket.destroyed) listener.call(server, request, response);
        });
      });
    }
  };
}

/** What Node keeps at a server's socket. It has no interface for this; request-order.test.ts fails where it is different. */
export interface HttpSocket extends Socket {
  parser?: {
    onIncoming?: ((request: HttpRequest, shouldKeepAlive: boolean) => number) | null;
    /** The request whose headers are complete, until its body is. */
    incoming?: IncomingMessage | null;
  } | null;
  /** The answer whose turn it is. */
  _httpMessage?: ServerResponse | null;
}

interface HttpRequest extends IncomingMessage {
  _readableState?: { highWaterMark: number };
}

/**
 * Bytes of a body after which Node reads no more until somebody takes them. Each may have come for itself, and then takes 200
 * in memory; Node's own mark is 16 kB or more. Its option for it does not reach connections under TLS.
 */
const untakenBytes = 256;
/** Tells Node's parser that no HTTP follows. It would go on with the 64 kB that it has read, also of a destroyed socket. */
const noMoreHttp = 2;

function watchRequests(socket: HttpSocket, refusal: Refusal, onRefused: OnRefused): void {
  const { parser } = socket;
  const take = parser?.onIncoming;
  if (!take) return;
  /** The answer that a request waits for. */
  let awaited: ServerResponse | undefined;
  parser.onIncoming = (request, shouldKeepAlive) => {
    const current = socket._httpMessage ?? undefined;
    if (current && current === awaited) {
      onRefused("early");
      socket.destroy();
    }
    // A chunk of one byte takes 200 in memory, and counts as one everywhere. No client of ours sends them.
    else if (request.headers["transfer-encoding"] !== undefined) {
      onRefused("chunked");
      if (current === undefined) refuse(socket, refusal(411));
      else socket.destroy();
    }
    if (socket.destroyed || socket.writableEnded) return noMoreHttp;
    awaited = current;
    if (request._readableState) request._readableState.highWaterMark = untakenBytes;
    return take(request, shouldKeepAlive);
  };
}
