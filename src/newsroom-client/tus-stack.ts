import type { HttpRequest, HttpResponse, HttpStack } from "tus-js-client";
import { temporary } from "../errors/errors.js";
import type { RateLimit } from "../http/rate.js";
import type { SendBytes } from "../http/stream.js";
import { problemOfBytes } from "./problems.js";

interface StackOptions {
  origin: string;
  send: SendBytes;
  signal: AbortSignal;
  /** Whether the newsroom itself has answered before. */
  isThere(): boolean;
  limit?: RateLimit | undefined;
  /** Called with the bytes sent, including bytes that were lost. */
  onSent?: ((bytes: number) => void) | undefined;
}

/** Maximum requests per attempt: offset, creation and one or two chunks. A server that needs more is broken. */
const maxRequests = 8;

/**
 * HTTP stack for tus-js-client over our own sender, with its proxy, keep-alive and rate limit. Every error answer is thrown
 * as a KominfoError. tus-js-client would restart an upload whenever the request for its offset fails, even with 503; here
 * only an upload that no longer exists (404, 410) is restarted.
 */
export function tusStack(options: StackOptions): HttpStack {
  let requests = 0;
  return {
    getName: () => "kominfo",
    createRequest(method, url): HttpRequest {
      const headers: Record<string, string> = {};
      const aborting = new AbortController();
      let onProgress: (bytes: number) => void = () => {};
      return {
        getMethod: () => method,
        getURL: () => url,
        setHeader: (name, value) => {
          headers[name] = value;
        },
        getHeader: (name) => headers[name],
        setProgressHandler: (handler) => {
          onProgress = handler;
        },
        getUnderlyingObject: () => undefined,
        abort: async () => aborting.abort(),
        async send(body?: Uint8Array): Promise<HttpResponse> {
          if (++requests > maxRequests) {
            throw temporary("server-failing", { origin: options.origin, status: 200 });
          }
          let before = 0;
          const answer = await options.send({
            method,
            url,
            headers,
            body: body ?? undefined,
            limit: options.limit,
            signal: AbortSignal.any([options.signal, aborting.signal]),
            onBytes: (sent) => {
              options.onSent?.(sent - before);
              before = sent;
              onProgress(sent);
            },
          });
          const { status } = answer;
          const isGone = method === "HEAD" && (status === 404 || status === 410);
          if ((status < 200 || status >= 300) && !isGone) {
            throw problemOfBytes(answer, { origin: options.origin, isThere: options.isThere() });
          }
          return {
            getStatus: () => status,
            getHeader: answer.header,
            getBody: () => answer.bytes.toString("utf8"),
            getUnderlyingObject: () => undefined,
          };
        },
      };
    },
  };
}
