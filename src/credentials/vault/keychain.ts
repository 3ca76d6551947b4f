import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cancelled, denied, failed, type KominfoError, temporary } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import { withoutSecrets } from "../environment.js";
import type { KeychainAnswer, KeychainRequest } from "./keychain-child.js";

/** The operating system's keyring as far as it is used: one item for a vault, which holds the vault's key. */
export interface Keychain {
  /**
   * The key that is kept under this id; undefined when the keyring is open and has none. All methods throw
   * `keychain-locked` (exit 4), `keychain-silent` (exit 5), `keychain-no-bus`, `keychain-no-service`,
   * `keychain-no-library` and `keychain-failed` (exit 1).
   */
  get(id: string): Promise<Buffer | undefined>;
  /** Keeps or replaces a key; it has been read back when this ends. */
  set(id: string, key: Buffer): Promise<void>;
  /** Does nothing where there is none. */
  remove(id: string): Promise<void>;
}

/** Enough for a keyring that answers by itself. */
export const silentLimitMs = 3_000;
/** Enough for a person who finds the keyring's window and types its password. */
export const personLimitMs = 60_000;

interface SystemKeychainOptions {
  environment: Environment;
  /** How long one request may take, in ms. */
  limitMs: number;
  /** Called once for a request that takes longer than a keyring needs by itself. */
  onWait?: (() => void) | undefined;
  /** The compiled `keychain-child.js`; the one beside this file unless a test compiles its own. */
  childFile?: string;
}

/**
 * The real keyring, through keytar in a child process: a Secret Service that hangs never returns and hangs even
 * process.exit(), and only SIGKILL from outside ends that; a crash of the native library stays outside, too.
 */
export function systemKeychain(options: SystemKeychainOptions): Keychain {
  return {
    async get(id) {
      const secret = await request(options, { action: "get", account: id });
      return secret === null ? undefined : Buffer.from(secret, "base64");
    },
    async set(id, key) {
      await request(options, { action: "set", account: id, secret: key.toString("base64") });
    },
    async remove(id) {
      await request(options, { action: "remove", account: id });
    },
  };
}

/** Longer than any answer; a keyring may hold anything under our name. */
const longestAnswer = 64 * 1024;

function request(options: SystemKeychainOptions, asked: KeychainRequest): Promise<string | null> {
  const { environment, limitMs, onWait } = options;
  const childFile = options.childFile ?? fileURLToPath(new URL("./keychain-child.js", import.meta.url));
  const child = spawn(process.execPath, [childFile], {
    // What the libraries print is for their developers.
    stdio: ["pipe", "pipe", "ignore"],
    env: childEnvironment(environment),
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    let said = "";
    const waiting = setTimeout(() => onWait?.(), silentLimitMs);
    const over = setTimeout(() => end(temporary("keychain-silent", { seconds: limitMs / 1000 })), limitMs);
    const end = (result: string | null | KominfoError) => {
      clearTimeout(waiting);
      clearTimeout(over);
      child.removeAllListeners();
      // It may hang in its native part long after it has answered.
      child.kill("SIGKILL");
      if (result === null || typeof result === "string") resolve(result);
      else reject(result);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.length > longestAnswer) end(failed("keychain-failed", { reason: "EMSGSIZE" }));
      else if (said.endsWith("\n")) {
        const answer: KeychainAnswer = JSON.parse(said);
        end("failure" in answer ? failureOf(answer.failure) : answer.secret);
      }
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      end(failed("keychain-failed", { reason: error.code ?? "?" })),
    );
    child.on("close", (code, signal) => {
      // Ctrl-C goes to the child as well.
      if (signal === "SIGINT") end(cancelled("cancelled"));
      else if (said === "") end(failed("keychain-failed", { reason: signal ?? `exit ${code}` }));
    });
    child.stdin.on("error", () => {}).end(JSON.stringify(asked));
  });
}

/** Without secrets, and with the libraries' messages in English, as `failureOf` knows them. */
function childEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, LANGUAGE: __, ...others } = withoutSecrets(environment);
  return { ...others, LC_ALL: "C" };
}

/** What libsecret, GLib, D-Bus and GNOME Keyring say, by case. */
function failureOf(said: string): KominfoError {
  if (/locked|dismissed|Object does not exist at path/i.test(said)) return denied("keychain-locked");
  if (/not provided by any \.service|not activatable|was not activated|ServiceUnknown/i.test(said)) {
    return failed("keychain-no-service");
  }
  if (/D-?Bus without|could not connect|unable to autolaunch|DBUS_SESSION_BUS/i.test(said)) {
    return failed("keychain-no-bus");
  }
  if (/native addon/i.test(said) && process.platform === "linux") return failed("keychain-no-library");
  return failed("keychain-failed", { reason: said.split("\n", 1)[0]!.slice(0, 200) });
}
