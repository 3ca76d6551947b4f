import { timingSafeEqual } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { cancelled, denied, failed, temporary } from "../../errors/errors.js";

interface RedirectOptions {
  /** The channel that the person logs in to. */
  service: string;
  port: number;
  /** Of the attempt: an answer to another question is turned away. */
  state: string;
  signal: AbortSignal;
  /** Called once the answer can be received: now the person may be sent away. */
  onReady: () => void;
  /** The sentences of the last page in the browser. */
  pages: { done: string; declined: string; stranger: string };
  /** In ms; a person has to log in at the service first. */
  limitMs?: number;
}

/**
 * Waits on this machine alone for the browser to come back from the service (RFC 8252, 7.3) and gives the code that
 * it brings. Throws `login-declined` (exit 4), `login-too-slow` (exit 5), `login-port-taken` (exit 1), `cancelled`.
 */
export function awaitRedirect(options: RedirectOptions): Promise<string> {
  const { service, port, state, signal, onReady, pages, limitMs = 5 * 60_000 } = options;
  const server = createServer();
  const code = new Promise<string>((resolve, reject) => {
    server.on("request", (request, response) => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const query = url.searchParams;
      const isAnswer =
        request.method === "GET" && url.pathname === "/callback" && isSame(query.get("state") ?? "", state);
      if (!isAnswer) return say(response, 400, pages.stranger);
      const given = query.get("code");
      if (given) say(response, 200, pages.done, () => resolve(given));
      else say(response, 200, pages.declined, () => reject(denied("login-declined", { service })));
    });
    server.on("error", (error: NodeJS.ErrnoException) => {
      reject(failed("login-port-taken", { port, reason: error.code ?? "?" }, error));
    });
    const stop = () => reject(cancelled("cancelled"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    const timer = setTimeout(() => reject(temporary("login-too-slow", { service })), limitMs);
    server.on("close", () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    });
    server.listen(port, "127.0.0.1", onReady);
  });
  return code.finally(() => {
    server.close();
    server.closeAllConnections();
  });
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The code is in the address of this page: it is not to be kept or passed on. */
function say(response: ServerResponse, status: number, text: string, then?: () => void): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(`${text}\n`, then);
}
