import type { ErrorArguments, ErrorCode, ErrorParams } from "./codes.js";

export type { ErrorCode, ErrorParams };

/** The exit codes of docs/commands.md; `done` is for a command that ends well. */
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
 * An expected failure. It carries a code and parameters, never a sentence: `language/explain.ts`
 * finds the sentence where the failure is shown, in the person's language.
 */
export class KominfoError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "KominfoError";
  readonly code: C;
  readonly exit: ExitCode;
  readonly params: ErrorParams<C>;
  /** What it is made of, where several things failed: shown as its hints. */
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

/** It failed, and running it again will not help (exit 1). */
export const failed = kind(exit.failed);
/** The command line or a file's content is wrong (exit 2). */
export const usage = kind(exit.usage);
/** Not logged in, expired, or not allowed (exit 4). */
export const denied = kind(exit.denied);
/** The network or the server, for now: the same command again continues (exit 5). */
export const temporary = kind(exit.temporary);
/** The person said no, or pressed Ctrl-C (exit 130). */
export const cancelled = kind(exit.cancelled);
