import type { Context } from "../../context.js";
import type { Submission } from "../../contract/contract.js";
import { submissionUrl } from "../../contract/contract.js";
import { type StepName, steps } from "../../contract/lifecycle.js";
import { failed, usage } from "../../errors/errors.js";
import type { NewsroomClient, TransitionRequest } from "../../newsroom-client/types.js";
import { flagOrAnswer, wholeNumber } from "../../terminal/ask.js";
import { cleanLine } from "../../text/clean.js";
import { newsroomAddress } from "../newsroom/address.js";
import { kecamatanName } from "../newsroom/person.js";

/** What every command about one submission takes. */
export interface SubmissionFlags {
  id: string;
  url?: string;
}

/** What a step says besides its name. */
interface StepDetails extends Omit<TransitionRequest, "to" | "step"> {
  /** The one that was read. */
  revision?: number;
}

/** The newsroom that is meant, with the login for it. */
export async function openNewsroom(context: Context, url: string | undefined): Promise<NewsroomClient> {
  return context.newsroom(await newsroomAddress(context, url));
}

/**
 * Reads a submission, takes one of these steps of the lifecycle with it, and prints what became of it. Throws
 * `step-impossible` (exit 1) with what is possible when none of them leads on from its state.
 *
 * @param details asked for once the submission is known
 */
export async function runStep(
  context: Context,
  input: SubmissionFlags,
  names: readonly StepName[],
  details: (submission: Submission) => Promise<StepDetails> = async () => ({}),
): Promise<void> {
  const client = await openNewsroom(context, input.url);
  const submission = await client.submission(input.id);
  const step =
    names.find((name) => submission.possible.includes(name)) ??
    // Not this person's to take, perhaps: that is the newsroom's to say.
    names.find((name) =>
      steps.some((candidate) => candidate.name === name && candidate.from.includes(submission.state)),
    );
  if (!step) throw failed("step-impossible", { possible: submission.possible });
  if (await context.prompter()) context.output.note(titleLine(context, submission));
  const { revision, ...request } = await details(submission);
  showState(context, client, await client.step(submission.id, { step, ...request }, revision));
}

/** The same for every command that changes a submission. */
export function showState(context: Context, client: NewsroomClient, submission: Submission): void {
  const { id, revision, state } = submission;
  const url = submissionUrl(client.origin, id);
  const messages = context.messages.review;
  context.output.result(
    { submission: { id, revision, state, url } },
    (style) =>
      `${style.good("✓")} ${messages.now({ title: cleanLine(submission.title), state: context.messages.post.states[state], revision })}`,
  );
}

function titleLine(context: Context, { title, kecamatan, revision }: Submission): string {
  const messages = context.messages.review;
  return `${context.output.noteStyle.strong(cleanLine(title))} (${kecamatanName(kecamatan)}, ${messages.revision(revision)})`;
}

/** A text that the step demands: from its flag, else asked for. */
export async function requiredText(
  context: Context,
  flag: string,
  value: string | undefined,
  message: string,
): Promise<string> {
  const validate = (typed: string) => (typed.trim() ? "" : context.messages.review.needText);
  return flagOrAnswer(context, flag, value, (prompter) => prompter.text({ message, validate }));
}

/** Throws `missing-input` (exit 2) before anything is sent, where nobody can be asked for it later. */
export async function requireFlags(
  context: Context,
  flags: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (await context.prompter()) return;
  const missing = Object.entries(flags).find(([, value]) => value === undefined || value === "");
  if (missing) throw usage("missing-input", { flag: missing[0] });
}

/** `--revision`, when it was given. */
export function revisionFlag(value: string | undefined): number | undefined {
  return value === undefined ? undefined : wholeNumber("--revision", value, 1);
}
