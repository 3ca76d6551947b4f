import { type ExecFileException, execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { KominfoError, usage } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import { withoutSecrets } from "../environment.js";

const largestFileBytes = 64 * 1024;
/** Long enough to touch a security key or to type a PIN. */
const commandLimitMs = 60_000;

/**
 * The passphrase from `KOMINFO_PASSPHRASE_FILE`, else from `KOMINFO_PASSPHRASE_COMMAND`; undefined when neither is
 * set. Throws `passphrase-*` (exit 2).
 *
 * @param limitMs how long the command may take
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

/** Whether `configuredPassphrase` will give one, without reading it. */
export function hasConfiguredPassphrase(environment: Environment): boolean {
  return Boolean(environment.KOMINFO_PASSPHRASE_FILE || environment.KOMINFO_PASSPHRASE_COMMAND);
}

function notEmpty(passphrase: string, variable: string): string {
  if (passphrase === "") throw usage("passphrase-empty", { variable });
  return passphrase;
}

/** The whole file but one newline at its end; links are followed, as mounted secrets are links. */
export async function readPassphraseFile(file: string): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const { mode, size } = await handle.stat();
      if (process.platform !== "win32" && (mode & 0o077) !== 0) {
        throw usage("passphrase-file-loose", { path: file });
      }
      if (size > largestFileBytes) throw usage("passphrase-file-unreadable", { path: file, reason: "EFBIG" });
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
 * The first line that a command prints. No shell: the words are split at spaces, quotes (single or double) hold them
 * together, and a backslash is only a backslash, so that Windows paths work. Who wants a shell writes `sh -c '…'`.
 * Nothing that the command prints is ever shown, and it does not inherit the secrets of the environment.
 */
function runPassphraseCommand(command: string, environment: Environment, limitMs: number): Promise<string> {
  const [program, ...args] = splitWords(command);
  if (!program) throw usage("passphrase-command-invalid");
  const options = {
    timeout: limitMs,
    killSignal: "SIGKILL",
    maxBuffer: largestFileBytes,
    windowsHide: true,
    env: { ...withoutSecrets(environment) },
  } as const;
  return new Promise((resolve, reject) => {
    // The error carries the command line and what was printed: only its code goes on.
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
      // It must not read what was piped to us, such as a token.
      child.stdin?.on("error", () => {}).end();
    } catch (error) {
      // Windows refuses some programs at once (.cmd, .bat).
      refuse(error as ExecFileException);
    }
  });
}

/** Words as `runPassphraseCommand` describes them. Throws `passphrase-command-invalid` for an open quote. */
export function splitWords(command: string): string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+|["']/g) ?? [];
  return words.map((word) => {
    if (word === '"' || word === "'") throw usage("passphrase-command-invalid");
    return word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single);
  });
}
