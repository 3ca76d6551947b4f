/**
 * The process that holds the key of an opened vault in its memory, until its time is over; `agentHolder` starts it. It takes the key from
 * stdin, says "ready" once its socket listens, and has no terminal. Its arguments and environment hold no secret.
 */
import { lstatSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { createHolder, type Holder } from "./holder.js";
import { maxLineLength, readyLine, requestSchema, startSchema } from "./protocol.js";

/** How often the agent looks whether its time is over: a laptop that slept has not counted the hours. */
const lookEveryMs = 5_000;
/** Time limit of one connection, in ms. */
const connectionLimitMs = 5_000;

async function checkOf(vaultPath: string): Promise<string | undefined> {
  try {
    const { header } = JSON.parse(await readFile(vaultPath, "utf8"));
    return header.check;
  } catch {
    return undefined;
  }
}

/** Answers one request on a connection; `ended` is called once a request has ended the holding. */
function converse(connection: Socket, holder: Holder, ended: () => void): void {
  let said = "";
  connection.setTimeout(connectionLimitMs, () => connection.destroy());
  connection.on("error", () => connection.destroy());
  connection.setEncoding("utf8").on("data", async (part: string) => {
    said += part;
    if (said.length > maxLineLength) return void connection.destroy();
    if (!said.endsWith("\n")) return;
    try {
      const answer = await holder.answer(requestSchema.parse(JSON.parse(said)));
      connection.end(`${JSON.stringify(answer)}\n`, () => (answer.held ? undefined : ended()));
    } catch {
      connection.destroy();
    }
  });
}

/** Identifies the file at a path; undefined where there is none. */
function fileAt(file: string): string | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

async function serve(): Promise<void> {
  const { socket, vaultPath, check, key, until } = startSchema.parse(JSON.parse(await text(process.stdin)));
  const holder = createHolder({
    check,
    key: Buffer.from(key, "base64"),
    until: new Date(until),
    now: () => new Date(),
    elapsed: () => performance.now(),
    readCheck: () => checkOf(vaultPath),
  });
  let own: string | undefined;
  const end = () => {
    // Another agent may have taken its place.
    if (own !== undefined && fileAt(socket) === own) rmSync(socket, { force: true });
    process.exit(0);
  };
  // With its own listener, SIGUSR1 does not open Node's debugger to the memory.
  process.on("SIGUSR1", () => {});
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);
  const look = async () => {
    if (fileAt(socket) !== own || (await holder.isOver())) end();
  };
  const server = createServer((connection) => converse(connection, holder, () => void look()));
  server.on("error", () => process.exit(1));
  process.umask(0o177);
  server.listen(socket, () => {
    own = fileAt(socket);
    setInterval(look, lookEveryMs);
    setTimeout(look, Math.max(0, Date.parse(until) - Date.now()));
    process.stdout.on("error", () => {}).write(readyLine);
  });
}

process.title = "kominfo-agent";
await serve();
