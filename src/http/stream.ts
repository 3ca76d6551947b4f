import http from "node:http";
import https from "node:https";
import { cancelled, failed } from "../errors/errors.js";
import { createAgent } from "./agent.js";
import { connectionFailure, slowFailure } from "./connection-failure.js";
import type { RateLimit } from "./rate.js";

/** A request whose body is bytes. */
interface ByteRequest {
  method: string;
  /** Absolute, of the sender's origin. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array | undefined;
  /** Receives the bytes of the body that were sent so far. */
  onBytes?: ((sent: number) => void) | undefined;
  limit?: RateLimit | undefined;
  /** A longer answer is cut off. */
  maxAnswerBytes?: number | undefined;
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
  /** A connection without any traffic for this many ms is given up. */
  stallMs?: number;
  /** Connections that are shared with other clients of the same origin (`createSharedAgent`). */
  agent?: http.Agent | undefined;
  /** The time by this computer's clock, for certificates that are not valid at it. */
  now?: (() => Date) | undefined;
}

/** Bytes per write; small enough to report progress on a slow connection. */
const defaultSliceBytes = 64 * 1024;
const cutAnswer = { code: "ECONNRESET-ANSWER" };
/** Most answers are empty or a problem (RFC 9457). */
const defaultMaxAnswerBytes = 1024 * 1024;

/**
 * Creates a function that sends and fetches bytes at one origin over connections that stay open. It follows no redirect
 * and contacts no other origin, because each request carries the login. Throws as `connectionFailure` and
 * `slowFailure` say, `server-redirects` (exit 1) and `cancelled`; no thrown error holds the request.
 */
export function createByteSender(options: ByteOptions): SendBytes {
  const { agent = createAgent(options.origin) } = options;
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

interface AttemptOutcome {
  result(): ByteAnswer;
  /** The server closed the connection before it read anything, so the same bytes may be sent again at once. */
  stale: boolean;
}

function attempt(
  agent: http.Agent,
  { origin, now, stallMs = 60_000 }: ByteOptions,
  { method, url, headers, body, onBytes, limit, maxAnswerBytes = defaultMaxAnswerBytes, signal }: ByteRequest,
): Promise<AttemptOutcome> {
  return new Promise((resolve) => {
    const place = { origin, path: new URL(url).pathname };
    const library = url.startsWith("https:") ? https : http;
    const length = body ? { "content-length": String(body.length) } : {};
    const sent = library.request(url, { method, agent, headers: { ...headers, ...length } });
    let isStalled = false;
    let isWritten = false;
    const fail = (error: { code?: string }) => {
      signal.removeEventListener("abort", abort);
      const stale = error.code === "ECONNRESET" && sent.reusedSocket && !signal.aborted && !isStalled;
      resolve({
        stale,
        result: () => {
          if (signal.aborted) throw cancelled("cancelled");
          const broken = { ...place, error, now };
          throw isStalled ? slowFailure(broken) : connectionFailure(broken);
        },
      });
    };
    const abort = () => sent.destroy();
    signal.addEventListener("abort", abort, { once: true });
    sent.setTimeout(stallMs, () => {
      isStalled = true;
      sent.destroy();
    });
    sent.on("error", fail);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxAnswerBytes) response.destroy();
        else chunks.push(chunk);
      });
      // The connection broke within the answer.
      response.on("error", () => fail(cutAnswer));
      response.on("close", () => response.complete || fail(cutAnswer));
      response.on("end", () => {
        if (!response.complete) return;
        signal.removeEventListener("abort", abort);
        // A server that answers before it has the whole body does not want the rest.
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

/** Writes the body slice by slice, each after the previous one was sent. Returns early when the request ends. */
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
