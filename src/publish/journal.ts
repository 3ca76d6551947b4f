import path from "node:path";
import { z } from "zod";
import type { JournalValue, Outcome } from "../channels/publishing.js";
import { failureFacts } from "../contract/contract.js";
import { attemptKinds, attemptOutcomes } from "../contract/lifecycle.js";
import { openJournalFile, readJournalFile } from "../files/journal.js";

const outcome = z.object({
  state: z.enum(attemptOutcomes),
  url: z.string().optional(),
  remote_id: z.string().optional(),
  code: z.string().optional(),
  reason: z.string().optional(),
  facts: failureFacts.optional(),
  /** A schedule stands. */
  passing: z.literal(true).optional(),
});
export type ToldOutcome = z.infer<typeof outcome>;

/** One line of the journal of a publication. The keys are a file format. */
const fact = z.discriminatedUnion("fact", [
  /** A person has agreed that it is sent from here, with a link that costs, or although it looks as if it were out. */
  z.object({
    fact: z.literal("agreed"),
    origin: z.string(),
    submission: z.string(),
    link: z.boolean(),
    again: z.boolean(),
  }),
  /** A person has stopped it before it was sent: what was agreed to is taken back, and no run goes on that nobody asks for. */
  z.object({ fact: z.literal("stopped") }),
  /** The newsroom is asked for an attempt, with this key. */
  z.object({
    fact: z.literal("asked"),
    origin: z.string(),
    submission: z.string(),
    key: z.string(),
    again: z.boolean(),
  }),
  /** The newsroom granted an attempt. */
  z.object({
    fact: z.literal("attempt"),
    origin: z.string(),
    submission: z.string(),
    number: z.number().int(),
    kind: z.enum(attemptKinds),
    fence: z.string(),
  }),
  /** An invisible effect begins; without `done` it may have happened. */
  z.object({ fact: z.literal("begun"), key: z.string() }),
  z.object({ fact: z.literal("done"), key: z.string(), at: z.string(), value: z.json() }),
  /** The newsroom is told now what the commit will be found by. Journals of older versions have no such line. */
  z.object({ fact: z.literal("announcing"), number: z.number().int() }),
  /** The commit leaves now; without an outcome nobody knows whether it arrived. */
  z.object({ fact: z.literal("commit"), number: z.number().int() }),
  /** `undecided`: a lookup has proved nothing, and no later one will. `sought`: the attempt that it looked for. */
  z.object({
    fact: z.literal("outcome"),
    number: z.number().int(),
    outcome,
    undecided: z.literal(true).optional(),
    sought: z.number().int().optional(),
  }),
  /** The newsroom knows the outcome. */
  z.object({ fact: z.literal("told"), number: z.number().int() }),
]);
export type Fact = z.infer<typeof fact>;
export type Agreement = Omit<Extract<Fact, { fact: "agreed" }>, "fact">;
type AttemptFact = Extract<Fact, { fact: "attempt" }>;

/** What the facts of an attempt add up to. */
export type AttemptState = AttemptFact & {
  announced: boolean;
  committed: boolean;
  outcome?: ToldOutcome;
  told: boolean;
};

/** What the facts of a publication add up to. */
export interface PublicationState {
  /** As long as it has come to no end: an attempt that was interrupted goes on as it was agreed. */
  agreed?: Agreement;
  /** A person has stopped it before it was sent. */
  isStopped?: true;
  /** A question whose answer is not here. */
  asked?: Extract<Fact, { fact: "asked" }>;
  /** The last attempt of this machine. */
  attempt?: AttemptState;
  /** The attempt, of whichever machine, of which a lookup has proved nothing, and no later one will: only a person can decide. */
  undecided?: number;
  /** Results of invisible effects by key, and when they happened (ISO 8601). */
  effects: Map<string, { at: string; value: JournalValue }>;
}

/**
 * The journal of one publication on this machine. Every fact is on disk (fsync) before `note` resolves: a power cut after the
 * commit must not forget that it left.
 */
export interface PublicationJournal {
  /** A fact is missing: it may be the commit's. */
  readonly isTorn: boolean;
  readonly state: PublicationState;
  note(fact: Fact): Promise<void>;
  close(): Promise<void>;
}

/** @param folder of this machine's journals */
export function journalPath(folder: string, publication: string): string {
  return path.join(folder, `${publication}.jsonl`);
}

export async function openPublicationJournal(file: string): Promise<PublicationJournal> {
  const journal = await openJournalFile(file, parseFact);
  const state = stateOf(journal.facts);
  return {
    ...{ state, isTorn: journal.isTorn },
    async note(added) {
      await journal.add(added);
      await journal.sync();
      apply(state, added);
    },
    close: journal.close,
  };
}

/** Adds a fact that a killed process keeps, and a power cut may lose. The caller holds the lock. */
export async function addUnsynced(file: string, added: Fact): Promise<void> {
  const journal = await openJournalFile(file, parseFact);
  await journal.add(added).finally(journal.close);
}

/** The newsroom and the submission that a journal is about; undefined where it says nothing. */
export function subjectOf({
  asked,
  attempt,
  agreed,
}: PublicationState): Pick<Agreement, "origin" | "submission"> | undefined {
  return asked ?? attempt ?? agreed;
}

/** Reads a journal without its lock; a missing file has an empty state. */
export async function readPublicationJournal(file: string): Promise<PublicationState> {
  return stateOf(await readJournalFile(file, parseFact));
}

/** Whether a commit never left for a reason that may pass: there was no connection, or the machine slept. */
export function isPassingCode(code: string): boolean {
  return code === "server-unreachable" || code === "proxy-unreachable" || code === "too-late";
}

/** An outcome as it is written down and told to the newsroom. */
export function toldOutcome(outcome: Outcome): ToldOutcome {
  switch (outcome.state) {
    case "published":
    case "handed_over":
      return {
        state: outcome.state,
        remote_id: outcome.remote_id,
        ...(outcome.url !== null && { url: outcome.url }),
      };
    case "failed":
      return {
        state: "failed",
        code: outcome.code,
        reason: outcome.reason,
        ...(outcome.facts && { facts: outcome.facts }),
        ...(isPassingCode(outcome.code) && { passing: true }),
      };
    case "unclear":
      return {
        state: "unclear",
        ...(outcome.code !== undefined && { code: outcome.code }),
        ...(outcome.reason !== undefined && { reason: outcome.reason }),
        ...(outcome.facts && { facts: outcome.facts }),
      };
    default:
      return { state: outcome.state };
  }
}

/** Does `effect` unless an earlier run has noted its result (`Job.once`). */
export async function once<T extends JournalValue>(
  journal: PublicationJournal,
  now: () => Date,
  key: string,
  effect: () => Promise<T>,
): Promise<T> {
  const earlier = journal.state.effects.get(key);
  if (earlier) return earlier.value as T;
  await journal.note({ fact: "begun", key });
  const value = await effect();
  await journal.note({ fact: "done", key, at: now().toISOString(), value });
  return value;
}

export function parseFact(value: unknown): Fact | undefined {
  return fact.safeParse(value).data;
}

export function stateOf(facts: readonly Fact[]): PublicationState {
  const state: PublicationState = { effects: new Map() };
  for (const entry of facts) apply(state, entry);
  return state;
}

function apply(state: PublicationState, added: Fact): void {
  const { attempt } = state;
  switch (added.fact) {
    case "agreed":
      state.agreed = added;
      delete state.isStopped;
      break;
    case "stopped":
      delete state.agreed;
      state.isStopped = true;
      break;
    case "asked":
      state.asked = added;
      break;
    case "attempt":
      delete state.asked;
      state.attempt = { ...added, announced: false, committed: false, told: false };
      break;
    case "done":
      state.effects.set(added.key, { at: added.at, value: added.value });
      break;
    case "announcing":
      if (attempt?.number === added.number) attempt.announced = true;
      break;
    case "commit":
      if (attempt?.number === added.number) attempt.committed = true;
      break;
    case "outcome":
      if (attempt?.number !== added.number) break;
      attempt.outcome = added.outcome;
      if (added.undecided && added.sought !== undefined) state.undecided = added.sought;
      break;
    case "told":
      if (attempt?.number !== added.number) break;
      attempt.told = true;
      if (attempt.outcome?.state === "failed" && attempt.outcome.code !== "interrupted") delete state.agreed;
      break;
    default:
  }
}
