import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from "fastify";
import type { HttpSocket } from "./request-order.js";
import type { RequestWatch } from "./request-watch.js";

/** Destination and minimum level of the service's log. */
export interface LogOptions {
  level: "debug" | "info" | "warn" | "error" | "silent";
  stream: { write(line: string): void };
}

/**
 * The only fields of a log line. All others, from our code or a library, are dropped: a query may contain a name, an IP
 * address is personal data, and a header may contain a token.
 */
const allowedFields = new Set([
  "request_id",
  "method",
  "route",
  "status",
  "ms",
  "cut",
  "err",
  "reason",
  "store",
]);

/**
 * Configures JSON lines: `{level, time, request_id?, …, event}`. An error is logged with its class, its code and its
 * stack frames, never with its message: databases and parsers quote their input there.
 */
export function loggerOptions(log: LogOptions | undefined, now: () => Date): FastifyServerOptions["logger"] {
  if (!log) return false;
  return {
    level: log.level,
    stream: log.stream,
    base: null,
    messageKey: "event",
    timestamp: () => `,"time":"${now().toISOString()}"`,
    formatters: {
      level: (level) => ({ level }),
      log: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowedFields.has(name))),
      bindings: (fields) =>
        Object.fromEntries(Object.entries(fields).filter(([name]) => allowedFields.has(name))),
    },
    serializers: { err: (error: unknown) => errorFacts(error) as never },
    hooks: {
      logMethod(args, write) {
        const [fields, event] = args as unknown as [unknown, unknown];
        const record = fields instanceof Error ? { err: fields } : typeof fields === "object" ? fields : {};
        const text = typeof fields === "string" ? fields : event;
        const { err } = record as { err?: unknown };
        // Libraries use an error's message as the event, and so does pino when there is no event.
        const isPlain = typeof text === "string" && !(err instanceof Error && text.includes(err.message));
        write.apply(this, [record, isPlain ? text : "failure"] as unknown as Parameters<typeof write>);
      },
    },
  };
}

/**
 * Logs one line for each request when it is over, and one for each that is refused before it has begun, because it is not
 * HTTP or does not come in time.
 */
export function logRequests(app: FastifyInstance, requests: RequestWatch): void {
  requests.watch((request) => ({ status, ms }) => {
    const fields = {
      method: request.method,
      route: routeOf(request),
      ...(status === undefined ? {} : { status }),
      ms: Math.round(ms * 10) / 10,
      ...(status === undefined ? { cut: true } : {}),
    };
    request.log.info(fields, "request");
  });
  app.server.on("clientError", ({ code }: NodeJS.ErrnoException, { _httpMessage, parser }: HttpSocket) => {
    // A connection that ends between requests is nobody's request, and one that has begun gets its own line.
    if (code !== "ECONNRESET" && !_httpMessage && !parser?.incoming) logRefused(app, code);
  });
}

/** Logs a request that is refused before it has begun. @param reason of ours, or Node's code */
export function logRefused(app: FastifyInstance, reason: string | undefined): void {
  app.log.info({ reason }, "request refused");
}

/** The pattern of the request's route, never its actual path. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? "unknown";
}

interface ErrorFacts {
  kind: string;
  code?: string;
  /** Stack frames (file and line), innermost first. */
  at: string[];
  cause?: ErrorFacts;
}
const maxCauseDepth = 3;
const maxFrames = 8;

export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    kind: error.constructor.name,
    ...(typeof code === "string" && /^\w{1,60}$/.test(code) ? { code } : {}),
    at: framesOf(error),
    ...(cause !== undefined && depth < maxCauseDepth ? { cause: errorFacts(cause, depth + 1) } : {}),
  };
}

/** The frames of the stack, without the message at its head, which may have several lines. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? "";
  const head = stack.indexOf(error.message);
  const lines = stack.slice(head < 0 ? 0 : head + error.message.length).split("\n");
  return (
    lines
      .map(
        (line) =>
          /^\s+at (?:[\w.<>#$ [\]]+ \()?((?:file:\/\/|node:|\/|\w:\\)[^()]*:\d+:\d+)\)?$/.exec(line)?.[1],
      )
      .filter((place) => place !== undefined)
      .slice(0, maxFrames)
      // Only the end of a path: the beginning may contain a user's home directory.
      .map((place) => place.split("/").slice(-4).join("/"))
  );
}
