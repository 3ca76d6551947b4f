import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { type ProblemDocument, type ProblemName, problemStatus } from "../../contract/contract.js";
import { titles } from "./problem-titles.js";

/** Makes the whole text of an answer. @param status where it differs from the problem's default */
export type SocketAnswer = (name: ProblemName, status?: number, detail?: string) => string;

/**
 * Makes answers to requests that Fastify never sees, after which the connection ends. They are in Indonesian, because
 * there is no Accept-Language that could be trusted.
 */
export function socketAnswers(now: () => Date): SocketAnswer {
  return (name, status = problemStatus[name], detail) => {
    const document: ProblemDocument = {
      type: `urn:kominfo:problem:${name}`,
      title: titles.id[name],
      status,
      ...(detail === undefined ? {} : { detail }),
    };
    const body = JSON.stringify(document);
    return [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "Connection: close",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Content-Type: application/problem+json; charset=utf-8",
      "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff",
      `Date: ${now().toUTCString()}`,
      "",
      body,
    ].join("\r\n");
  };
}

/** What Node keeps at a server's socket: the answer whose turn it is. */
interface HttpSocket extends Socket {
  _httpMessage?: (ServerResponse & { req: IncomingMessage }) | null;
}

/**
 * Answers what Node's parser cannot read or does not get in time, and ends the connection: Fastify's `clientErrorHandler`.
 * Nothing is written where a client would take it for the answer to its request before, or for a part of one.
 */
export function answerUnreadable(answerOf: SocketAnswer): (error: Error, socket: Socket) => void {
  return (error, socket: HttpSocket) => {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (socket.destroyed || socket.writableEnded) return;
    const current = socket._httpMessage;
    const isAnother = current && (current.req.complete || current.headersSent);
    const text = unreadable(code, answerOf);
    if (text !== undefined && socket.writable && !isAnother) socket.end(text);
    socket.destroySoon();
  };
}

/** @param code of the error. Those of TLS, and of connections that are lost, have no answer */
function unreadable(code: string, answerOf: SocketAnswer): string | undefined {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return answerOf("request-timeout");
  if (code === "HPE_HEADER_OVERFLOW") return answerOf("too-large", 431);
  if (code === "HPE_INVALID_VERSION") return answerOf("invalid", 505, "HTTP/1.1");
  return code.startsWith("HPE_") ? answerOf("invalid", 400) : undefined;
}
