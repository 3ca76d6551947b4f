import { type ExecFileException, execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { KominfoError, usage } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import { withoutSecrets } from "../environment.js";

const maxFileBytes = 64 * 1024;
/** Leaves time to touch a security key or to type a PIN. */
const commandLimitMs = 60_000;

/**
 * Returns the passphrase from `KOMINFO_PASSPHRASE_FILE`, else from `KOMINFO_PASSPHRASE_COMMAND`, else undefined. Throws
 * `passphrase-*` (exit 2).
 *
 * @param limitMs time limit of the command
 */
export async function configuredPassphrase(
  environment: Environment,
  limitMs = commandLimitMs,
): Promise<string | undefined> {
  const file = environment.KOMINFO_PASSPHRASE_FILE;
  if (file) return notEmpty(await readPassphraseFile(file), "KOMINFO_PASSPHRASE_FILE");
  const command = environment.KOMINFO_PASSPHRASE_COMMAND;
  if (command) {
    return notEmpty(await runPassphraseCommand(command, environment, limitMs), "KOMINFO_PASSPHRASE_COMMAND");
  }
  return undefined;
}

/** The variable from which `configuredPassphrase` takes it, if any. Reads no file and runs no command. */
export function passphraseSource(environment: Environment): string | undefined {
  return ["KOMINFO_PASSPHRASE_FILE", "KOMINFO_PASSPHRASE_COMMAND"].find((name) => environment[name]);
}

function notEmpty(passphrase: string, variable: string): string {
  if (passphrase === "") throw usage("passphrase-empty", { variable });
  return passphrase;
}

/** Reads the whole file without one newline at its end. Follows symbolic links, because mounted secrets are links. */
export async function readPassphraseFile(file: string): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const { mode, size } = await handle.stat();
      if (process.platform !== "win32" && (mode & 0o077) !== 0) {
        throw usage("passphrase-file-loose", { path: file });
      }
      if (size > maxFileBytes) throw usage("passphrase-file-unreadable", { path: file, reason: "EFBIG" });
      const text = await handle.readFile("utf8");
      return text.replace(/^\ufeff/, "").replace(/\r?\n$/, "");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof KominfoError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? "?";
    throw usage("passphrase-file-unreadable", { path: file, reason }, error);
  }
}

/**
 * Returns the first line that a command prints. No shell runs the command; users who want one write `sh -c '…'`. The
 * command line is split at spaces, single or double quotes group words, and a backslash has no special meaning, so that
 * Windows paths work. The command's output is never displayed, and the command does not inherit the environment's
 * secrets.
 */
function runPassphraseCommand(command: string, environment: Environment, limitMs: number): Promise<string> {
  const [program, ...args] = splitWords(command);
  if (!program) throw usage("passphrase-command-invalid");
  const options = {
    timeout: limitMs,
    killSignal: "SIGKILL",
    maxBuffer: maxFileBytes,
    windowsHide: true,
    env: { ...withoutSecrets(environment) },
  } as const;
  return new Promise((resolve, reject) => {
    // The error holds the command line and the output, so only its code is passed on.
    const refuse = ({ killed, code, signal }: ExecFileException) =>
      reject(
        killed && !code
          ? usage("passphrase-command-slow", { program, seconds: Math.ceil(limitMs / 1000) })
          : usage("passphrase-command-failed", {
              program,
              reason: typeof code === "number" ? `exit ${code}` : (code ?? signal ?? "?"),
            }),
      );
    try {
      const child = execFile(program, args, options, (error, stdout) =>
        error ? refuse(error) : resolve(stdout.split(/\r?\n/, 1)[0] ?? ""),
      );
      // The command must not read our stdin, which may be a piped token.
      child.stdin?.on("error", () => {}).end();
    } catch (error) {
      // On Windows, execFile throws at once for some programs (.cmd, .bat).
      refuse(error as ExecFileException);
    }
  });
}

/** Splits a command line as `runPassphraseCommand` describes. Throws `passphrase-command-invalid` for an open quote. */
export function splitWords(command: string): string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+|["']/g) ?? [];
  return words.map((word) => {
    if (word === '"' || word === "'") throw usage("passphrase-command-invalid");
    return word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single);
  });
}
