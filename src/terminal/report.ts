import { type Command, CommanderError } from "commander";
import { cancelled, type ExitCode, exit, KominfoError } from "../errors/errors.js";
import { loadMessages } from "../language/index.js";
import type { Language } from "../text/language.js";
import { flagsOf } from "./flags.js";
import type { Host } from "./host.js";
import { createOutput } from "./output.js";
import { scopeCarrier } from "./scope.js";
import type { Scrubber } from "./scrubber.js";
import { usageErrorOf } from "./usage.js";

/** The parts of a failed run that a report needs. The run may have no context yet. */
interface FailedRun {
  argv: readonly string[];
  host: Host;
  language: Language;
  scrubber: Scrubber;
  movedTo?: string | undefined;
}

/** Prints an error in the language and format of the run, and returns the exit code. */
export async function report(error: unknown, run: FailedRun, program: Command): Promise<ExitCode> {
  const messages = await loadMessages(run.language);
  const output = createOutput(run.host, run.scrubber, {
    ...flagsOf(run.argv),
    carryScope: scopeCarrier(program, run.argv, () => run.movedTo),
  });
  const expected = expectedFailure(error, run, program);
  if (expected) {
    output.failure(expected, messages);
    return expected.exit;
  }
  // A bug. A message may contain text of a server or a file, so `bug` cleans it.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.bug(stack, messages);
  return exit.failed;
}

function expectedFailure(error: unknown, run: FailedRun, program: Command): KominfoError | undefined {
  if (error instanceof KominfoError) return error;
  if (error instanceof CommanderError) return usageErrorOf(error, program, run.argv);
  if (run.host.signal.aborted) return cancelled("cancelled");
  return fileSystemFailure(error);
}

/** What a disk, its owner or another program is to blame for; no waiting mends it. */
const fileSystemCodes: readonly string[] = [
  ...["EACCES", "EPERM", "EROFS"],
  ...["ENOSPC", "EDQUOT", "EFBIG", "EIO", "ENXIO", "ENODEV", "ESTALE"],
  ...["EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY", "ENOENT", "ENAMETOOLONG", "ELOOP"],
  ...["EBUSY", "ETXTBSY", "EMFILE", "ENFILE", "EXDEV", "ENOTSUP"],
];

/** They happen only to what is written. */
const writingCodes: readonly string[] = [
  "ENOSPC",
  "EDQUOT",
  "EFBIG",
  "EROFS",
  "EEXIST",
  "ENOTEMPTY",
  "ETXTBSY",
];
const writingCalls =
  /^(?:write|fsync|fdatasync|f?truncate|mkdir|mkdtemp|rename|link|symlink|unlink|rmdir|rm|f?chmod|f?utimes?)$/;
const readingCalls = /^(?:read|scandir|opendir|f?stat|lstat|readlink|realpath|access)$/;

/**
 * A file system error such as a full disk or a missing permission is not a bug. A failure on an open file has no
 * path. One about two files names the one that is written, where it is that which fails: its disk is full, not the other's.
 */
export function fileSystemFailure(error: unknown): KominfoError | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code = "", path: first, dest, syscall = "" } = error as NodeJS.ErrnoException & { dest?: string };
  const failure = (reason: string, path: string | undefined, doing: "read" | "write" | "open") =>
    new KominfoError(exit.failed, "file-system", { path, reason, doing }, { cause: error });
  if (/^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/.test(code)) {
    return failure(code, first, /^SQLITE_(FULL|READONLY)/.test(code) ? "write" : "open");
  }
  if (!("syscall" in error) || !fileSystemCodes.includes(code)) return undefined;
  if (writingCodes.includes(code)) return failure(code, finalName(dest ?? first), "write");
  if (writingCalls.test(syscall)) return failure(code, first, "write");
  return failure(code, first, readingCalls.test(syscall) ? "read" : "open");
}

/** Nobody knows the name that a file has until it is whole. */
function finalName(file: string | undefined): string | undefined {
  return file?.replace(/(^|[\\/])\.([^\\/]+)\.[0-9a-f]{12}\.tmp$/, "$1$2");
}
