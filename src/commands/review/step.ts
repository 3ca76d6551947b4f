import type { Context } from "../../context.js";
import type { Submission } from "../../contract/contract.js";
import { submissionUrl } from "../../contract/contract.js";
import { type StepName, steps } from "../../contract/lifecycle.js";
import { failed, usage } from "../../errors/errors.js";
import type { NewsroomClient, TransitionRequest } from "../../newsroom-client/types.js";
import { flagOrAnswer, wholeNumber } from "../../terminal/prompts/ask.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { cleanLine } from "../../text/clean.js";
import { isWholeText } from "../../text/decode.js";
import { newsroomAddress } from "../newsroom/address.js";
import { kecamatanName } from "../newsroom/person.js";
import { unpublishOutcome } from "./take-down.js";

/** The input that every command on one submission takes. */
export interface SubmissionFlags {
  id: string;
  url?: string;
}

/** The details of a step besides its name. */
interface StepDetails extends Omit<TransitionRequest, "to" | "step"> {
  /** The revision that the editor has read. */
  revision?: number;
}

/** Opens a client for the newsroom of `--url` or of the workspace. */
export async function openNewsroom(context: Context, url: string | undefined): Promise<NewsroomClient> {
  return context.newsroom(await newsroomAddress(context, url));
}

/**
 * Reads a submission, takes the first possible of these lifecycle steps, and prints the new state. Throws
 * `step-impossible` (exit 1), listing the possible steps, when none applies to the submission's state.
 *
 * @param details called after the submission has been read
 */
export async function runStep(
  context: Context,
  input: SubmissionFlags,
  names: readonly StepName[],
  details: (submission: Submission, client: NewsroomClient) => Promise<StepDetails> = async () => ({}),
): Promise<void> {
  const client = await openNewsroom(context, input.url);
  const submission = await client.submission(input.id);
  const step =
    names.find((name) => submission.possible.includes(name)) ??
    // The step fits the state but perhaps not this person: the newsroom decides.
    names.find((name) =>
      steps.some((candidate) => candidate.name === name && candidate.from.includes(submission.state)),
    );
  if (!step) {
    const { id, state, possible, claimed_by } = submission;
    const editor = state === "in_review" && claimed_by ? { editor: claimed_by.name } : {};
    throw failed("step-impossible", { possible, state, submission: id, ...editor });
  }
  // Who has it already takes nothing over, and the history shall not say so.
  if (step === "reassign" && submission.claimed_by?.id === (await client.me()).user.id) {
    return showState(context, client, submission, [], context.messages.review.alreadyYours);
  }
  if (await context.prompter()) context.output.note(titleLine(context, submission));
  const { revision, ...request } = await untouched(() => details(submission, client));
  const after = await client.step(submission.id, { step, ...request }, revision);
  const { messages } = context;
  if (step === "unpublish") {
    const asked = messages.postChanges.requests.unpublish;
    return showState(context, client, after, unpublishOutcome(context, after, input.url), asked);
  }
  showState(context, client, after, step === "decline" ? [messages.desk.done.decline] : []);
}

/**
 * Prints the result of every command that changes a submission.
 *
 * @param outcome lines of what the state does not say
 * @param name of what has become of it, where that is not its state
 */
export function showState(
  context: Context,
  client: NewsroomClient,
  submission: Submission,
  outcome: readonly string[] = [],
  name?: string,
): void {
  const { id, revision, state } = submission;
  const url = submissionUrl(client.origin, id);
  const messages = context.messages.review;
  context.output.result({ submission: { id, revision, state, url } }, (style) =>
    [
      `${style.good("✓")} ${messages.now({ title: cleanLine(submission.title), state: name ?? context.messages.post.states[state], revision })}`,
      ...outcome.map((line) => `  ${line}`),
    ].join("\n"),
  );
}

function titleLine(context: Context, { title, kecamatan, revision }: Submission): string {
  const messages = context.messages.review;
  return `${context.output.noteStyle.strong(cleanLine(title))} (${kecamatanName(kecamatan)}, ${messages.revision(revision)})`;
}

/** A text that the step requires: from its flag, else asked for. */
export async function requiredText(
  context: Context,
  flag: string,
  value: string | undefined,
  message: string,
): Promise<string> {
  const validate = (typed: string) => {
    if (!isWholeText(typed)) return context.messages.diagnostics.unstorable();
    return typed.trim() ? "" : context.messages.review.needText;
  };
  return flagOrAnswer(context, flag, value, (prompter) => prompter.text({ message, validate }));
}

/** Throws `missing-input` (exit 2) for a missing flag before anything is sent, if no prompt is possible. */
export async function requireFlags(
  context: Context,
  flags: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (await context.prompter()) return;
  const missing = Object.entries(flags).find(([, value]) => value === undefined || value === "");
  if (missing) throw usage("missing-input", { flag: missing[0] });
}

/** Parses `--revision`, if given. */
export function revisionFlag(value: string | undefined): number | undefined {
  return value === undefined ? undefined : wholeNumber("--revision", value, 1);
}
