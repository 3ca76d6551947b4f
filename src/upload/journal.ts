import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const words = z.object({
  caption: z.string().optional(),
  alt: z.string().optional(),
  credit: z.string().optional(),
});
const target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("event"), kecamatan: z.string(), slug: z.string(), title: z.string() }),
  z.object({ kind: z.literal("post"), slug: z.string() }),
]);

/** One line of a journal. */
const fact = z.discriminatedUnion("fact", [
  /** A batch, or the same one with another newsroom, where nothing of before counts. */
  z.object({ fact: z.literal("begun"), at: z.string(), target, origin: z.string() }),
  /** Somebody wants this photo sent, and says this of it. */
  z.object({ fact: z.literal("source"), source: z.string(), words }),
  /** Its rendition lies ready; `told` is what the photo says of itself. */
  z.object({
    fact: z.literal("made"),
    source: z.string(),
    source_sha256: sha256,
    sha256,
    bytes: z.number().int().nonnegative(),
    path: z.string(),
    told: words,
  }),
  /** Where an upload that has begun goes on. */
  z.object({ fact: z.literal("address"), sha256, url: z.string() }),
  z.object({ fact: z.literal("stored"), sha256 }),
  /** Photos that the album or the post lists, each with a mark of what it says of them. */
  z.object({ fact: z.literal("attached"), photos: z.array(z.tuple([sha256, z.string()])) }),
  /** Trying again will not help. */
  z.object({ fact: z.literal("failed"), source: z.string(), code: z.string() }),
  /** Nothing is left to do. */
  z.object({ fact: z.literal("ended"), at: z.string() }),
]);
export type Fact = z.infer<typeof fact>;
type MadeFact = Extract<Fact, { fact: "made" }>;

/** What the facts amount to. */
export interface BatchState {
  begun?: Extract<Fact, { fact: "begun" }>;
  sources: Map<string, z.infer<typeof words>>;
  made: Map<string, MadeFact>;
  addresses: Map<string, string>;
  attached: Map<string, string>;
  /** Code, by source. */
  failed: Map<string, string>;
  ended: boolean;
}

function emptyState(): BatchState {
  return {
    sources: new Map(),
    made: new Map(),
    addresses: new Map(),
    attached: new Map(),
    failed: new Map(),
    ended: false,
  };
}

/** The state after one more fact; `state` is changed. */
function learn(state: BatchState, now: Fact): void {
  state.ended = now.fact === "ended";
  switch (now.fact) {
    case "begun":
      state.begun = now;
      for (const known of [state.addresses, state.attached, state.failed]) known.clear();
      break;
    case "source":
      state.sources.set(now.source, now.words);
      state.failed.delete(now.source);
      break;
    case "made":
      state.made.set(now.source, now);
      state.failed.delete(now.source);
      break;
    case "address":
      state.addresses.set(now.sha256, now.url);
      break;
    case "stored":
      state.addresses.delete(now.sha256);
      break;
    case "attached":
      for (const [hash, mark] of now.photos) state.attached.set(hash, mark);
      break;
    case "failed":
      state.failed.set(now.source, now.code);
      break;
    default:
  }
}

/**
 * Reads a journal; a missing one is empty. A line that cannot be read is left out: the last may be torn by a power
 * cut, and no fact is one whose loss costs more than doing a thing again that may be done twice.
 */
export async function readJournal(file: string): Promise<BatchState> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const state = emptyState();
  for (const line of text.split("\n")) {
    const read = line === "" ? undefined : parse(line);
    if (read) learn(state, read);
  }
  return state;
}

function parse(line: string): Fact | undefined {
  try {
    return fact.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Writes facts behind those that are there. Its holder has the lock of the batch. */
export interface Journal {
  readonly state: BatchState;
  /** A killed process leaves them; what a power cut takes is done again. */
  add(...facts: Fact[]): Promise<void>;
  /** What was added survives a power cut when it returns. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export async function openJournal(file: string): Promise<Journal> {
  await mkdir(path.dirname(file), { recursive: true });
  const state = await readJournal(file);
  const handle = await open(file, "a+");
  await endTornLine(handle);
  // One write after the other: facts of several uploads never mix within a line.
  let writing: Promise<void> = Promise.resolve();
  return {
    state,
    add(...facts) {
      if (facts.length === 0) return writing;
      for (const one of facts) learn(state, one);
      const lines = facts.map((one) => `${JSON.stringify(one)}\n`).join("");
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

async function endTornLine(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer[0] !== 0x0a) await handle.appendFile("\n");
}
