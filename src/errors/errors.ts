import type { ErrorArguments, ErrorCode, ErrorParams } from "./codes.js";
import { isOfTheLine } from "./http.js";

export type { ErrorCode, ErrorParams };

/** The exit codes of docs/commands.md; `done` means success. */
export const exit = {
  done: 0,
  failed: 1,
  usage: 2,
  partial: 3,
  denied: 4,
  temporary: 5,
  cancelled: 130,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/**
 * An expected failure. It contains a code and parameters, never a sentence: `language/explain.ts` looks up the
 * sentence in the person's language when the failure is printed.
 */
export class KominfoError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "KominfoError";
  readonly code: C;
  readonly exit: ExitCode;
  readonly params: ErrorParams<C>;
  /** The single failures, if several things failed. They are printed as hints. */
  readonly details: readonly KominfoError[];

  constructor(
    kind: ExitCode,
    code: C,
    params: ErrorParams<C>,
    options: { cause?: unknown; details?: readonly KominfoError[] } = {},
  ) {
    super(code, options);
    this.code = code;
    this.exit = kind;
    this.params = params;
    this.details = options.details ?? [];
  }
}

function kind(exitCode: ExitCode) {
  return <C extends ErrorCode>(code: C, ...[params, cause]: ErrorArguments<C>): KominfoError<C> =>
    new KominfoError(exitCode, code, params as ErrorParams<C>, cause === undefined ? undefined : { cause });
}

/** A failure that another run will not fix (exit 1). */
export const failed = kind(exit.failed);
/** An invalid command line or file content (exit 2). */
export const usage = kind(exit.usage);
/** A missing, expired or insufficient login (exit 4). */
export const denied = kind(exit.denied);
/** A temporary failure of the network or server. The same command, run again, continues (exit 5). */
export const temporary = kind(exit.temporary);
/** The person declined or pressed Ctrl-C (exit 130). */
export const cancelled = kind(exit.cancelled);

/** Whether the server itself has refused something, with one of these exit codes. Trouble of the line to it is no refusal. */
export function isRefusal(error: unknown, ...exits: readonly ExitCode[]): error is KominfoError {
  return error instanceof KominfoError && exits.includes(error.exit) && !isOfTheLine(error);
}
