import type { Context } from "../../context.js";
import { cancelled, exit, KominfoError, usage } from "../../errors/errors.js";
import { readPost } from "../../post/front-matter/read.js";
import { chooseAll, type Decision, type OpenChoice, openChoices } from "../../post/merge/choose.js";
import { type Choice, choicesIn } from "../../post/merge/conflicts.js";
import type { Manuscript } from "../../post/merge/merge.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { indent, wrap } from "../../terminal/table.js";
import { clean } from "../../text/clean.js";
import { changePost } from "../../workspace/change.js";
import { type Bundle, readIndex } from "../../workspace/posts.js";
import { keyNames } from "./labelled.js";

/** What index.md is after the choices, and what is still to be chosen there. */
interface Chosen {
  after: Manuscript;
  conflicts: Choice[];
  forms: OpenChoice[];
}

/**
 * Lets a person choose between their form and the newsroom's, one after another, and writes what they chose; undefined where there is
 * nothing to choose or nobody to ask. Ctrl-C keeps what was chosen until then.
 *
 * @param kept path of the copy of the old index.md, if one was made
 * @throws `choices-kept` (exit 130) on Ctrl-C
 */
export async function chooseOnScreen(
  context: Context,
  bundle: Bundle,
  kept?: string,
): Promise<Chosen | undefined> {
  const choices = openChoices(await readIndex(bundle));
  const prompter = choices.length > 0 ? await context.prompter() : undefined;
  if (!prompter) return undefined;
  const { post } = readPost(await readIndex(bundle));
  const nameOf = await keyNames(context, post?.kind);
  const decisions: Decision[] = [];
  const stopped = await askEach(context, prompter, choices, decisions, nameOf).catch((error: unknown) => {
    if (error instanceof KominfoError && error.exit === exit.cancelled) return error;
    throw error;
  });
  const chosen = await write(bundle, choices, decisions);
  const count = choices.length - chosen.conflicts.length;
  if (stopped) {
    const left = chosen.conflicts.length;
    throw cancelled("choices-kept", { post: bundle.slug, chosen: count, left, kept });
  }
  if (count > 0) context.output.note(context.messages.postChanges.chosen({ count }));
  return chosen;
}

/** @param decisions receives each answer as it is given */
async function askEach(
  context: Context,
  prompter: Prompter,
  choices: readonly OpenChoice[],
  decisions: Decision[],
  nameOf: (key: string) => string,
): Promise<void> {
  const { postChanges: messages } = context.messages;
  for (const [i, choice] of choices.entries()) {
    show(context, { ...choice, key: nameOf(choice.key) }, i + 1, choices.length);
    const offered = (["ours", "theirs", "both", "later"] as const).filter(
      (value) => value !== "both" || choice.takesBoth,
    );
    decisions.push(
      await prompter.select({
        message: messages.whichOne,
        choices: offered.map((value) => ({ name: messages.choices[value], value })),
      }),
    );
  }
}

async function write(
  bundle: Bundle,
  choices: readonly OpenChoice[],
  decisions: readonly Decision[],
): Promise<Chosen> {
  let after: Manuscript | undefined;
  await changePost(bundle, (source) => {
    // Somebody may have saved the file meanwhile: then the answers belong to other questions.
    const isSame = JSON.stringify(openChoices(source)) === JSON.stringify(choices);
    const text = isSame ? chooseAll(source, decisions, bundle.index) : source.toString("utf8");
    const { post, body, problems } = readPost(text);
    if (!post) throw usage("post-invalid", { path: bundle.index, problems });
    after = { post, body };
    return text;
  });
  const index = await readIndex(bundle);
  return { after: after!, conflicts: choicesIn(readPost(index)), forms: openChoices(index) };
}

/** Both forms, one below the other. */
function show(
  { messages, output }: Context,
  { key, ours, theirs }: OpenChoice,
  n: number,
  total: number,
): void {
  const { choose, yours, theirs: newsrooms, gone } = messages.postChanges;
  const form = (text: string | undefined) =>
    wrap(indent(text === undefined || text === "" ? gone : clean(text), "    "), output.columns);
  const { noteStyle: style } = output;
  const lines = [
    "",
    style.strong(choose({ n, total, key })),
    `  ${style.faint(yours)}`,
    form(ours),
    `  ${style.faint(newsrooms)}`,
    form(theirs),
  ];
  output.note(lines.join("\n"));
}
