import http from "node:http";
import https from "node:https";
import { cancelled, failed, temporary } from "../errors/errors.js";
import { createAgent } from "./agent.js";
import type { RateLimit } from "./rate.js";

/** A request whose body is bytes. */
interface ByteRequest {
  method: string;
  /** Absolute, of the sender's origin. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array | undefined;
  /** Bytes of the body that were handed to the line so far. */
  onBytes?: ((sent: number) => void) | undefined;
  limit?: RateLimit | undefined;
  /** Of the answer; longer ones are cut off. Bytes */
  longest?: number | undefined;
  signal: AbortSignal;
}

export interface ByteAnswer {
  status: number;
  header(name: string): string | undefined;
  bytes: Buffer;
}

export type SendBytes = (request: ByteRequest) => Promise<ByteAnswer>;

interface ByteOptions {
  origin: string;
  onRequest?: ((line: string) => void) | undefined;
  /** A line that moves nothing for this long is given up. ms */
  stallMs?: number;
}

/** Bytes; small enough to see a slow line move. */
const defaultSliceBytes = 64 * 1024;
/** The usual answer is empty, or a problem. Bytes */
const answerBytes = 1024 * 1024;

/**
 * Sends and fetches bytes at one origin over connections that stay open. No redirect is followed, and no other origin is
 * ever asked: the login goes with each request. Throws `server-unreachable`, `server-slow` (exit 5),
 * `server-redirects` (exit 1) and `cancelled`; nothing thrown holds the request.
 */
export function createByteSender(options: ByteOptions): SendBytes {
  const agent = createAgent(options.origin);
  return async (request) => {
    const to = new URL(request.url).origin;
    if (to !== options.origin) throw failed("server-redirects", { origin: options.origin, to });
    const started = performance.now();
    const answer = await exchange(agent, options, request);
    const path = new URL(request.url).pathname;
    const took = Math.round(performance.now() - started);
    options.onRequest?.(`${request.method} ${options.origin}${path} ${answer.status} ${took} ms`);
    return answer;
  };
}

async function exchange(agent: http.Agent, options: ByteOptions, request: ByteRequest): Promise<ByteAnswer> {
  for (;;) {
    const { result, stale } = await attempt(agent, options, request);
    if (!stale) return result();
  }
}

interface Attempted {
  result(): ByteAnswer;
  /** The server had closed the connection before it read anything: the same bytes may go again at once. */
  stale: boolean;
}

function attempt(
  agent: http.Agent,
  { origin, stallMs = 60_000 }: ByteOptions,
  { method, url, headers, body, onBytes, limit, longest = answerBytes, signal }: ByteRequest,
): Promise<Attempted> {
  return new Promise((resolve) => {
    const facts = { origin, path: new URL(url).pathname };
    const library = url.startsWith("https:") ? https : http;
    const length = body ? { "content-length": String(body.length) } : {};
    const sent = library.request(url, { method, agent, headers: { ...headers, ...length } });
    let isStalled = false;
    let isWritten = false;
    const fail = (reason: string) => {
      signal.removeEventListener("abort", abort);
      const stale = reason === "ECONNRESET" && sent.reusedSocket && !signal.aborted && !isStalled;
      resolve({
        stale,
        result: () => {
          if (signal.aborted) throw cancelled("cancelled");
          throw isStalled
            ? temporary("server-slow", { ...facts, reason })
            : temporary("server-unreachable", { ...facts, reason });
        },
      });
    };
    const abort = () => sent.destroy();
    signal.addEventListener("abort", abort, { once: true });
    sent.setTimeout(stallMs, () => {
      isStalled = true;
      sent.destroy();
    });
    sent.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? "?"));
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > longest) response.destroy();
        else chunks.push(chunk);
      });
      // Cut off within the answer.
      response.on("error", () => fail("ECONNRESET-ANSWER"));
      response.on("close", () => response.complete || fail("ECONNRESET-ANSWER"));
      response.on("end", () => {
        if (!response.complete) return;
        signal.removeEventListener("abort", abort);
        // Who answers before the end does not want the rest.
        if (!isWritten) sent.destroy();
        const answer: ByteAnswer = {
          status: response.statusCode ?? 0,
          header: (name) => {
            const value = response.headers[name.toLowerCase()];
            return typeof value === "string" ? value : undefined;
          },
          bytes: Buffer.concat(chunks),
        };
        resolve({ stale: false, result: () => answer });
      });
    });
    void write(sent, body, limit, signal, onBytes).then(() => {
      isWritten = true;
    });
  });
}

/** Slice by slice, each when the one before has gone; ends early, silently, when the request is over. */
async function write(
  sent: http.ClientRequest,
  body: Uint8Array | undefined,
  limit: RateLimit | undefined,
  signal: AbortSignal,
  onBytes: ((sent: number) => void) | undefined,
): Promise<void> {
  const slice = limit?.slice ?? defaultSliceBytes;
  const closed = new Promise<boolean>((resolve) => sent.once("close", () => resolve(false)));
  for (let at = 0; body && at < body.length; at += slice) {
    const part = body.subarray(at, at + slice);
    await limit?.take(part.length, signal).catch(() => sent.destroy());
    if (sent.destroyed) return;
    const gone = new Promise<boolean>((resolve) => sent.write(part, (error) => resolve(!error)));
    if (!(await Promise.race([gone, closed]))) return;
    onBytes?.(at + part.length);
  }
  sent.end();
}
