import type { Context } from "../../context.js";
import type { Submission } from "../../contract/contract.js";
import { approvalRequest } from "../../contract/contract.js";
import { earlierAnswers } from "../../contract/earlier-answers.js";
import { cancelled, usage } from "../../errors/errors.js";
import { flagOrAnswer, oneOf } from "../../terminal/prompts/ask.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { answersOf, askAnswers, requireAnswers } from "./photo-answers.js";
import { requireFlags, revisionFlag, runStep, type SubmissionFlags } from "./step.js";

interface Input extends SubmissionFlags {
  revision?: string;
  destination?: string[];
  channel?: string[];
  photo?: string[];
  override?: string[];
  message?: string;
}

const destinations = approvalRequest.shape.destinations.element.options;
const channels = approvalRequest.shape.channels.element.options;

/** Approves the revision that the editor has read, so that an unread revision is never approved. */
export async function run(context: Context, input: Input): Promise<void> {
  const messages = context.messages.review;
  const given = {
    revision: revisionFlag(input.revision),
    destinations: namesOf("--destination", input.destination, destinations),
    channels: namesOf("--channel", input.channel, channels),
    overrides: (input.override ?? []).map(overrideOf),
  };
  await requireFlags(context, {
    "--revision": given.revision,
    "--destination": given.destinations,
    "--channel": given.channels,
  });
  await runStep(context, input, ["approve"], async (submission, { origin }) => {
    const { photos } = submission.content;
    const last = submission.last_approval;
    const earlier = earlierAnswers(submission).map((answer) => [answer.sha256, answer] as const);
    const answered = new Map([...earlier, ...answersOf(input.photo ?? [], photos)]);
    await requireAnswers(context, answered, photos, submission.id);
    const revision = given.revision ?? (await confirmNewest(context, submission));
    const answers = await askAnswers(context, answered, photos, { id: submission.id, origin });
    return {
      revision,
      approval: {
        destinations:
          given.destinations ??
          (await askNames(
            context,
            "--destination",
            messages.askDestinations,
            destinations,
            last?.destinations ?? ["kabupaten"],
          )),
        channels:
          given.channels ??
          (await askNames(context, "--channel", messages.askChannels, channels, last?.channels ?? ["web"])),
        // An older newsroom knows neither, and refuses what it does not know.
        ...(given.overrides.length > 0 && { overrides: given.overrides }),
        ...(answers.length > 0 && { photos: answers }),
        note: input.message?.trim() || undefined,
      },
    };
  });
}

async function confirmNewest(context: Context, { revision }: Submission): Promise<number> {
  const prompter = await context.prompter();
  const message = context.messages.review.askRevision({ revision });
  if (!prompter || !(await untouched(() => prompter.confirm({ message, default: false }))))
    throw cancelled("declined");
  return revision;
}

/** Parses `--override <rule>=<reason>`. Throws `override-invalid` (exit 2). */
function overrideOf(value: string): { rule: string; reason: string } {
  const [, rule = "", reason = ""] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (rule.trim() === "" || reason.trim() === "") throw usage("override-invalid", { value });
  return { rule: rule.trim(), reason: reason.trim() };
}

/** Parses a repeatable flag with comma-separated names; undefined when it was not given. */
function namesOf<T extends string>(
  flag: string,
  values: readonly string[] = [],
  choices: readonly T[],
): T[] | undefined {
  const names = values.flatMap((value) => value.split(",")).filter((name) => name.trim() !== "");
  return names.length === 0 ? undefined : [...new Set(names.map((name) => oneOf(flag, name, choices)))];
}

async function askNames<T extends string>(
  context: Context,
  flag: string,
  message: (p: { choices: string }) => string,
  choices: readonly T[],
  fallback: readonly T[],
): Promise<T[]> {
  const isChoice = (name: string) => choices.includes(name.trim().toLowerCase() as T);
  const typed = await flagOrAnswer(context, flag, undefined, (prompter) =>
    prompter.text({
      message: message({ choices: choices.join(", ") }),
      default: fallback.join(", "),
      validate: (text) =>
        text.split(",").every(isChoice) ? "" : context.messages.review.chooseFrom(choices.join(", ")),
    }),
  );
  return namesOf(flag, [typed], choices) ?? [...fallback];
}
