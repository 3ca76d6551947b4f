import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import { readPost } from "../../post/front-matter/read.js";
import { chooseAll, type Decision, type OpenChoice, openChoices } from "../../post/merge/choose.js";
import { choicesIn } from "../../post/merge/conflicts.js";
import type { Pulled } from "../../submission/pull.js";
import { indent, wrap } from "../../terminal/table.js";
import { clean, cleanLine } from "../../text/clean.js";
import { changePost } from "../../workspace/change.js";
import { type Bundle, readIndex } from "../../workspace/posts.js";

/**
 * Lets a person choose between their form and the newsroom's, one after another, and writes what they chose. Returns the pull as it is
 * then; undefined where there is nothing to choose or nobody to ask.
 */
export async function chooseOnScreen(
  context: Context,
  bundle: Bundle,
  pulled: Pulled,
): Promise<Pulled | undefined> {
  const prompter = pulled.conflicts.length > 0 ? await context.prompter() : undefined;
  if (!prompter) return undefined;
  const { postChanges: messages } = context.messages;
  const choices = openChoices(await readIndex(bundle));
  const decisions: Decision[] = [];
  for (const [i, choice] of choices.entries()) {
    show(context, choice, i + 1, choices.length);
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
  let after = pulled.after;
  await changePost(bundle, (source) => {
    // Somebody may have saved the file meanwhile: then the answers belong to other questions.
    const isSame = JSON.stringify(openChoices(source)) === JSON.stringify(choices);
    const text = isSame ? chooseAll(source, decisions, bundle.index) : source.toString("utf8");
    const { post, body, problems } = readPost(text);
    if (!post) throw usage("post-invalid", { path: bundle.index, problems });
    after = { post, body };
    return text;
  });
  const left = choicesIn(readPost(await readIndex(bundle)));
  const count = choices.length - left.length;
  if (count > 0) context.output.note(messages.chosen({ count }));
  return { ...pulled, after, conflicts: left };
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
    style.strong(choose({ n, total, key: cleanLine(key) })),
    `  ${style.faint(yours)}`,
    form(ours),
    `  ${style.faint(newsrooms)}`,
    form(theirs),
  ];
  output.note(lines.join("\n"));
}
