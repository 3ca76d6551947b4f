import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from "fastify";

/** Where the service's own log goes, and from which level on. */
export interface LogOptions {
  level: "debug" | "info" | "warn" | "error" | "silent";
  stream: { write(line: string): void };
}

/**
 * All that a line may hold. Whatever else is given to the logger, by us or by a library, is dropped: a query can hold
 * a name, an address is personal data, a header holds a token.
 */
const allowed = new Set(["request_id", "method", "route", "status", "ms", "cut", "err", "reason"]);

/**
 * JSON lines: `{level, time, request_id?, …, event}`. Of an error its kind, its code and where it came from, never its
 * message: a database or a parser quotes there what it was given.
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
      log: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name))),
      bindings: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name))),
    },
    serializers: { err: (error: unknown) => errorFacts(error) as never },
    hooks: {
      logMethod(words, write) {
        const [fields, event] = words as unknown as [unknown, unknown];
        const known = fields instanceof Error ? { err: fields } : typeof fields === "object" ? fields : {};
        const said = typeof fields === "string" ? fields : event;
        const { err } = known as { err?: unknown };
        // Libraries use an error's message for the event; so would pino, where there is none.
        const isPlain = typeof said === "string" && !(err instanceof Error && said.includes(err.message));
        write.apply(this, [known, isPlain ? said : "failure"] as unknown as Parameters<typeof write>);
      },
    },
  };
}

/** One line for every request that was answered or cut, instead of Fastify's own two. */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: "request_id" });
  }

  override incomingRequest(): void {}

  override requestCompleted(
    _error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    request.log.info(
      {
        method: request.method,
        route: routeOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(reply.raw.writableFinished ? {} : { cut: true }),
      },
      "request",
    );
  }
}

/** The pattern of the address, never the address itself. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? "unknown";
}

interface ErrorFacts {
  kind: string;
  code?: string;
  /** Files and lines, the innermost first. */
  at: string[];
  cause?: ErrorFacts;
}
const deepestCause = 3;
const frames = 8;

export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    kind: error.constructor.name,
    ...(typeof code === "string" && /^\w{1,60}$/.test(code) ? { code } : {}),
    at: framesOf(error),
    ...(cause !== undefined && depth < deepestCause ? { cause: errorFacts(cause, depth + 1) } : {}),
  };
}

/** The stack without its head, which is the message, of however many lines. */
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
      .slice(0, frames)
      // Only the end of a path: its beginning may name somebody's home.
      .map((place) => place.split("/").slice(-4).join("/"))
  );
}
