import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cancelled, denied, failed, type KominfoError, temporary } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import { withoutSecrets } from "../environment.js";
import type { KeychainAnswer, KeychainRequest } from "./keychain-child.js";

/** The part of the operating system's keyring that kominfo uses: one item per vault, which holds the vault's key. */
export interface Keychain {
  /**
   * Returns the key with this id, or undefined when the keyring is open and has none. All methods throw
   * `keychain-locked` (exit 4), `keychain-silent` (exit 5), `keychain-no-bus`, `keychain-no-service`,
   * `keychain-no-library` and `keychain-failed` (exit 1).
   */
  get(id: string): Promise<Buffer | undefined>;
  /** Stores or replaces a key, and reads it back to make sure. */
  set(id: string, key: Buffer): Promise<void>;
  /** Does nothing where there is no key with this id. */
  remove(id: string): Promise<void>;
}

/** Time limit for a keyring that answers without a person, in ms. */
export const silentLimitMs = 3_000;
/** Time limit for a person who has to find the keyring's window and type its password, in ms. */
export const personLimitMs = 60_000;

interface SystemKeychainOptions {
  environment: Environment;
  /** Time limit of one request, in ms. */
  limitMs: number;
  /** Called once for a request that takes longer than `silentLimitMs`. */
  onWait?: (() => void) | undefined;
  /** Path of the compiled `keychain-child.js`. Tests pass their own; the default lies beside this file. */
  childFile?: string;
}

/**
 * The real keyring, through keytar in a child process. A hanging Secret Service blocks even process.exit(), so only
 * SIGKILL from another process ends the request. A crash of the native library does not end kominfo either.
 */
export function systemKeychain(options: SystemKeychainOptions): Keychain {
  return {
    async get(id) {
      const secret = await send(options, { action: "get", account: id });
      return secret === null ? undefined : Buffer.from(secret, "base64");
    },
    async set(id, key) {
      await send(options, { action: "set", account: id, secret: key.toString("base64") });
    },
    async remove(id) {
      await send(options, { action: "remove", account: id });
    },
  };
}

/** Limits an answer in characters, because another program may store any value under our name. */
const maxAnswerLength = 64 * 1024;

function send(options: SystemKeychainOptions, request: KeychainRequest): Promise<string | null> {
  const { environment, limitMs, onWait } = options;
  const childFile = options.childFile ?? fileURLToPath(new URL("./keychain-child.js", import.meta.url));
  const child = spawn(process.execPath, [childFile], {
    // The libraries' messages on stderr are for their developers.
    stdio: ["pipe", "pipe", "ignore"],
    env: childEnvironment(environment),
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    let output = "";
    const waitTimer = setTimeout(() => onWait?.(), silentLimitMs);
    const limitTimer = setTimeout(
      () => end(temporary("keychain-silent", { seconds: limitMs / 1000 })),
      limitMs,
    );
    const end = (result: string | null | KominfoError) => {
      clearTimeout(waitTimer);
      clearTimeout(limitTimer);
      child.removeAllListeners();
      // The native library may hang long after the answer.
      child.kill("SIGKILL");
      if (result === null || typeof result === "string") resolve(result);
      else reject(result);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.length > maxAnswerLength) end(failed("keychain-failed", { reason: "EMSGSIZE" }));
      else if (output.endsWith("\n")) {
        const answer: KeychainAnswer = JSON.parse(output);
        end("failure" in answer ? failureOf(answer.failure) : answer.secret);
      }
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      end(failed("keychain-failed", { reason: error.code ?? "?" })),
    );
    child.on("close", (code, signal) => {
      // Ctrl-C signals the child as well.
      if (signal === "SIGINT") end(cancelled("cancelled"));
      else if (output === "") end(failed("keychain-failed", { reason: signal ?? `exit ${code}` }));
    });
    child.stdin.on("error", () => {}).end(JSON.stringify(request));
  });
}

/** The environment without secrets. LC_ALL=C keeps the libraries' messages in English, as `failureOf` expects them. */
function childEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, LANGUAGE: __, ...others } = withoutSecrets(environment);
  return { ...others, LC_ALL: "C" };
}

/** Maps a message of libsecret, GLib, D-Bus or GNOME Keyring to an error. */
function failureOf(message: string): KominfoError {
  if (/locked|dismissed|Object does not exist at path/i.test(message)) return denied("keychain-locked");
  if (/not provided by any \.service|not activatable|was not activated|ServiceUnknown/i.test(message)) {
    return failed("keychain-no-service");
  }
  if (/D-?Bus without|could not connect|unable to autolaunch|DBUS_SESSION_BUS/i.test(message)) {
    return failed("keychain-no-bus");
  }
  if (/native addon/i.test(message) && process.platform === "linux") return failed("keychain-no-library");
  return failed("keychain-failed", { reason: message.split("\n", 1)[0]!.slice(0, 200) });
}
