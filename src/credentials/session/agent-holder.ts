import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { failed, KominfoError } from "../../errors/errors.js";
import { withLock } from "../../files/lock.js";
import type { Environment } from "../../terminal/host.js";
import type { KeyHolder } from "../vault/key-holder.js";
import { fitsHeader } from "../vault/sealed.js";
import { isOwnSocket, makeSessionFolder, sessionSocket } from "./place.js";
import {
  answerSchema,
  maxLineLength,
  readyLine,
  type SessionAnswer,
  type SessionRequest,
  type SessionStart,
} from "./protocol.js";

/** Time limit of the agent's answer, in ms. It computes nothing. */
const answerLimitMs = 2_000;
/** Time limit of the agent's start, in ms: Node starts in a tenth of a second, and on a machine without memory in several. */
const startLimitMs = 20_000;
/** On POSIX, no core file may hold the key: a crash, or a person who sends SIGQUIT, would write one. */
const withoutCore = 'ulimit -c 0; exec "$@"';

interface AgentOptions {
  environment: Environment;
  vaultPath: string;
  /** Path of the compiled `agent.js`. Tests pass their own; the default lies beside this file. */
  agentFile?: string | undefined;
}

/**
 * Holds the key in a process of its own, which outlives the terminal and answers on a socket that only its user can open. On Windows
 * there is none: libuv's named pipes can be read by everybody, and its keychain is always there.
 */
export function agentHolder({ environment, vaultPath, agentFile }: AgentOptions): KeyHolder {
  const user = process.getuid?.();

  /** Asks an agent that is certainly ours; undefined where there is none or it does not answer. */
  async function ask(socket: string, request: SessionRequest): Promise<SessionAnswer | undefined> {
    if (user === undefined || !(await isOwnSocket(socket, user))) return undefined;
    return converse(socket, request);
  }

  /** Ends the agent, or removes the socket of one that does not answer, which then ends by itself. */
  async function end(socket: string): Promise<boolean> {
    const answer = await ask(socket, { ask: "end" });
    await rm(socket, { force: true });
    return answer !== undefined;
  }

  return {
    async held(header) {
      if (user === undefined) return undefined;
      const socket = await sessionSocket(environment, vaultPath, user);
      const answer = await ask(socket, { ask: "key", check: header.check });
      if (!answer?.held) return undefined;
      const key = Buffer.from(answer.key, "base64");
      return fitsHeader(header, key) ? { key, until: new Date(answer.until) } : undefined;
    },

    async hold({ header, key }, until) {
      if (user === undefined) throw failed("session-unsupported");
      const socket = await sessionSocket(environment, vaultPath, user);
      await makeSessionFolder(path.dirname(socket), user);
      const file = agentFile ?? fileURLToPath(new URL("./agent.js", import.meta.url));
      const { check } = header;
      const what = { socket, vaultPath, check, key: key.toString("base64"), until: until.toISOString() };
      try {
        await withLock(`${socket}.lock`, async () => {
          await end(socket);
          await start(file, what);
        });
      } catch (error) {
        if (error instanceof KominfoError) throw error;
        const reason = (error as NodeJS.ErrnoException).code ?? "?";
        throw failed("session-unstarted", { reason }, error);
      }
    },

    async release() {
      if (user === undefined) return false;
      const socket = await sessionSocket(environment, vaultPath, user);
      if (!(await isOwnSocket(socket, user))) return false;
      return withLock(`${socket}.lock`, () => end(socket));
    },
  };
}

/** Sends one request. A dead agent leaves a socket that refuses; one that does not answer in time is none. */
function converse(socket: string, request: SessionRequest): Promise<SessionAnswer | undefined> {
  return new Promise((resolve) => {
    let said = "";
    const connection = connect(socket);
    const limit = setTimeout(() => end(undefined), answerLimitMs);
    const end = (answer: SessionAnswer | undefined) => {
      clearTimeout(limit);
      connection.removeAllListeners().on("error", () => {});
      connection.destroy();
      resolve(answer);
    };
    connection.on("error", () => end(undefined));
    connection.on("close", () => end(parseAnswer(said)));
    connection.setEncoding("utf8").on("data", (part: string) => {
      said += part;
      if (said.length > maxLineLength) end(undefined);
      else if (said.endsWith("\n")) end(parseAnswer(said));
    });
    connection.write(`${JSON.stringify(request)}\n`);
  });
}

function parseAnswer(said: string): SessionAnswer | undefined {
  try {
    return answerSchema.parse(JSON.parse(said));
  } catch {
    return undefined;
  }
}

/** Starts the agent, and leaves it to itself once it listens. Throws `session-unstarted` (exit 1). */
function start(agentFile: string, what: SessionStart): Promise<void> {
  // No environment: what a person has in theirs is none of the agent's business, least of all NODE_OPTIONS.
  const words = ["-c", withoutCore, "kominfo-agent", process.execPath, agentFile];
  const child = spawn("/bin/sh", words, {
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
    cwd: "/",
    env: {},
  });
  return new Promise((resolve, reject) => {
    let said = "";
    const limit = setTimeout(() => fail("ETIMEDOUT"), startLimitMs);
    const leave = () => {
      clearTimeout(limit);
      child.removeAllListeners();
      child.stdout.destroy();
      child.unref();
    };
    const fail = (reason: string) => {
      leave();
      child.kill("SIGKILL");
      reject(failed("session-unstarted", { reason }));
    };
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      said += part;
      if (said !== readyLine) return;
      leave();
      resolve();
    });
    child.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? "?"));
    child.on("close", (code, signal) => fail(signal ?? `exit ${code}`));
    child.stdin.on("error", () => {}).end(JSON.stringify(what));
  });
}
