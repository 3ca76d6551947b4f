import { z } from "zod";
import { type JournalFile, openJournalFile, readJournalFile } from "../files/journal.js";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const captions = z.object({
  caption: z.string().optional(),
  alt: z.string().optional(),
  credit: z.string().optional(),
});
/** Parts that are made unrecognisable: `sync` may render the photo, and knows no post. */
const boxes = z.array(z.tuple([z.number(), z.number(), z.number(), z.number()]));
const target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("event"), kecamatan: z.string(), slug: z.string(), title: z.string() }),
  z.object({ kind: z.literal("post"), slug: z.string() }),
]);

/** The code of a photo that a person did not agree to send: only a person who is asked again sends it. */
export const refused = "declined";
/** The code of a photo whose question has no answer yet. A process that is killed meanwhile leaves it: nothing was agreed to. */
export const unanswered = "unanswered";

/** The code of a photo that a person wants sent by no later `sync`; asked for again, it is like any other. */
export const forgotten = "forgotten";

/** Whether only a person who is asked may send it. */
export function needsAnswer(code: string | undefined): boolean {
  return code === refused || code === unanswered;
}

/** One line of a journal. */
const fact = z.discriminatedUnion("fact", [
  /** The batch begins, or continues with another newsroom, for which earlier facts do not count. */
  z.object({ fact: z.literal("begun"), at: z.string(), target, origin: z.string() }),
  /** A photo to send, with its captions. The keys `words` and `told` are a file format: older journals have them. */
  z.object({
    fact: z.literal("source"),
    source: z.string(),
    words: captions,
    blur: boxes.optional(),
    /** A person is to be asked before it is sent. */
    unanswered: z.literal(true).optional(),
  }),
  /** The rendition of a photo is ready; `told` holds the captions embedded in the photo. */
  z.object({
    fact: z.literal("made"),
    source: z.string(),
    source_sha256: sha256,
    sha256,
    bytes: z.number().int().nonnegative(),
    path: z.string(),
    told: captions,
  }),
  /** The URL at which an interrupted upload continues. */
  z.object({ fact: z.literal("address"), sha256, url: z.string() }),
  z.object({ fact: z.literal("stored"), sha256 }),
  /** Photos that the album or the post lists, each with a mark of its captions (`markOf`). */
  z.object({ fact: z.literal("attached"), photos: z.array(z.tuple([sha256, z.string()])) }),
  /** The photo failed permanently. */
  z.object({ fact: z.literal("failed"), source: z.string(), code: z.string() }),
  /** The batch is complete. */
  z.object({ fact: z.literal("ended"), at: z.string() }),
]);
export type Fact = z.infer<typeof fact>;
type MadeFact = Extract<Fact, { fact: "made" }>;

/** The state that results from all facts of a journal. */
export interface BatchState {
  begun?: Extract<Fact, { fact: "begun" }>;
  sources: Map<string, z.infer<typeof captions>>;
  /** By source; none where nothing is blurred. */
  blurs: Map<string, z.infer<typeof boxes>>;
  made: Map<string, MadeFact>;
  addresses: Map<string, string>;
  attached: Map<string, string>;
  /** Error code by source. */
  failed: Map<string, string>;
  ended: boolean;
}

function emptyState(): BatchState {
  return {
    sources: new Map(),
    blurs: new Map(),
    made: new Map(),
    addresses: new Map(),
    attached: new Map(),
    failed: new Map(),
    ended: false,
  };
}

/** Updates `state` with one more fact. */
function applyFact(state: BatchState, added: Fact): void {
  state.ended = added.fact === "ended";
  switch (added.fact) {
    case "begun":
      state.begun = added;
      for (const entries of [state.addresses, state.attached]) entries.clear();
      // What nobody has agreed to send is agreed to for no other newsroom or title either.
      for (const [source, code] of state.failed) if (!needsAnswer(code)) state.failed.delete(source);
      break;
    case "source":
      state.sources.set(added.source, added.words);
      if (added.blur) state.blurs.set(added.source, added.blur);
      else state.blurs.delete(added.source);
      if (added.unanswered) state.failed.set(added.source, unanswered);
      else state.failed.delete(added.source);
      break;
    case "made":
      state.made.set(added.source, added);
      if (!needsAnswer(state.failed.get(added.source))) state.failed.delete(added.source);
      break;
    case "address":
      state.addresses.set(added.sha256, added.url);
      break;
    case "stored":
      state.addresses.delete(added.sha256);
      break;
    case "attached":
      for (const [hash, mark] of added.photos) state.attached.set(hash, mark);
      break;
    case "failed":
      state.failed.set(added.source, added.code);
      break;
    default:
  }
}

/** Reads a journal; a missing file gives an empty state. A lost fact only repeats work that may be done twice. */
export async function readJournal(file: string): Promise<BatchState> {
  return stateOf(await readJournalFile(file, parse));
}

function parse(value: unknown): Fact | undefined {
  return fact.safeParse(value).data;
}

function stateOf(facts: readonly Fact[]): BatchState {
  const state = emptyState();
  for (const entry of facts) applyFact(state, entry);
  return state;
}

/** A journal open for appending. The caller holds the lock of the batch. */
export interface Journal extends Omit<JournalFile<Fact>, "facts"> {
  readonly state: BatchState;
}

export async function openJournal(file: string): Promise<Journal> {
  const { facts, ...journal } = await openJournalFile(file, parse);
  const state = stateOf(facts);
  return {
    ...journal,
    state,
    add(...added) {
      for (const entry of added) applyFact(state, entry);
      return journal.add(...added);
    },
  };
}
