import type { Outcome } from "../../channels/publishing.js";
import type { GrantedAttempt } from "../../contract/contract.js";
import { exit, KominfoError } from "../../errors/errors.js";
import { factsOf } from "../failure-facts.js";
import { type ToldOutcome, toldOutcome } from "../journal.js";
import { addressOf, type Run, type Sent, type TellingRun } from "./run.js";

/**
 * Writes the outcome down, then tells the newsroom. Without a connection the next run tells it.
 *
 * @param undecided the attempt of which no later lookup will know more
 */
export async function report(
  run: Run,
  granted: GrantedAttempt,
  outcome: Outcome,
  found: boolean,
  undecided?: number,
): Promise<Sent> {
  try {
    await tell(run, granted, toldOutcome(outcome), undecided);
    return { outcome, found, warnings: run.warnings };
  } catch (error) {
    if (!(error instanceof KominfoError)) throw error;
    return { outcome, found, warnings: run.warnings, untold: error };
  }
}

/** Tells the newsroom an outcome, which is on disk before. Throws as `updateAttempt`. */
export async function tell(
  { newsroom, journal, request, takesFacts, takesPassing }: TellingRun,
  { number, fence }: Pick<GrantedAttempt, "number" | "fence">,
  { facts, passing, ...rest }: ToldOutcome,
  undecided?: number,
): Promise<void> {
  const outcome = {
    ...rest,
    ...(takesFacts && facts && { facts }),
    ...(takesPassing && passing && { passing }),
  };
  await journal.note({
    fact: "outcome",
    number,
    outcome,
    ...(undecided !== undefined && { undecided: true, sought: undecided }),
  });
  await newsroom.updateAttempt(addressOf(request), number, { fence, outcome });
  await journal.note({ fact: "told", number });
}

/** Frees the attempt at once, so that the next run need not wait for the lease. Nothing was sent, or not all was removed. */
export async function giveUp(run: Run, granted: GrantedAttempt, error: unknown): Promise<void> {
  const code = codeOf(error);
  // Without a connection the journal remembers that nothing was sent.
  const reason = addressesOf(error) ?? code;
  const told = { state: "failed", code, reason, ...factsOf(error), ...passingOf(run, error) } as const;
  await tell(run, granted, told).catch((failure: unknown) => {
    if (!(failure instanceof KominfoError)) throw failure;
  });
}

/** Whether it may pass by itself. A person who stops a run has stopped it; a machine that is stopped begins again. */
function passingOf({ isUnattended = false }: Run, error: unknown): { passing?: true } {
  if (!(error instanceof KominfoError)) return {};
  // Also what a person has to mend, such as a certificate: it is then tried again without being planned anew.
  const isPassing =
    error.exit === exit.temporary ||
    error.code === "server-unreachable" ||
    (isUnattended && error.exit === exit.cancelled);
  return isPassing ? { passing: true } : {};
}

/** Ctrl-C ends a run, and not what was planned: only an editor's word is `cancelled`. */
function codeOf(error: unknown): string {
  if (!(error instanceof KominfoError)) return "bug";
  return error.exit === exit.cancelled ? "interrupted" : error.code;
}

/** The addresses that still open after a take-down, for those who have to see to them. */
function addressesOf(error: unknown): string | undefined {
  if (!(error instanceof KominfoError) || error.code !== "web-photos-visible") return undefined;
  const { links } = (error as KominfoError<"web-photos-visible">).params;
  return links.join(" ").slice(0, 4000);
}
