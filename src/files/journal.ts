import { type FileHandle, open, readFile } from "node:fs/promises";
import path from "node:path";
import { makeFolder } from "./folders.js";

/** A file of facts, one JSON value a line, open for appending. The caller holds its lock. */
export interface JournalFile<Fact> {
  /** What was there when it was opened, oldest first. */
  readonly facts: readonly Fact[];
  /** A line could not be read: a fact is missing. */
  readonly isTorn: boolean;
  /** Appends facts. They survive a killed process; a power cut may lose them until `sync`. */
  add(...facts: Fact[]): Promise<void>;
  /** Once it resolves, all facts added so far survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads a journal; a missing file has no facts. A line that cannot be read is skipped: a power cut may tear the last one.
 *
 * @param parse returns undefined for what is no fact
 */
export async function readJournalFile<Fact>(
  file: string,
  parse: (value: unknown) => Fact | undefined,
): Promise<Fact[]> {
  return (await readFacts(file, parse)).facts;
}

async function readFacts<Fact>(file: string, parse: (value: unknown) => Fact | undefined) {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").filter((line) => line !== "");
  const facts = lines.flatMap((line) => parse(parseJson(line)) ?? []);
  return { facts, isTorn: facts.length < lines.length };
}

/** Opens a journal, and creates it with its folder where it is missing. */
export async function openJournalFile<Fact>(
  file: string,
  parse: (value: unknown) => Fact | undefined,
): Promise<JournalFile<Fact>> {
  await makeFolder(path.dirname(file));
  const { facts, isTorn } = await readFacts(file, parse);
  const handle = await open(file, "a+", 0o600);
  await endTornLine(handle);
  // Writes are serialised, so that facts that are added at once never mix within a line.
  let writing: Promise<void> = Promise.resolve();
  return {
    ...{ facts, isTorn },
    add(...added) {
      if (added.length === 0) return writing;
      const lines = added.map((fact) => `${JSON.stringify(fact)}\n`).join("");
      writing = writing.then(() => handle.appendFile(lines));
      return writing;
    },
    async sync() {
      await writing;
      await handle.datasync();
    },
    async close() {
      await writing.catch(() => {});
      await handle.close();
    },
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function endTornLine(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer[0] !== 0x0a) await handle.appendFile("\n");
}
