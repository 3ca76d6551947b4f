import type { Context } from "../../../context.js";
import { cancelled, exit, KominfoError } from "../../../errors/errors.js";
import { nothingPassed, type PassedOver } from "../../../photo/sources/passed-over.js";
import type { Answers, Template } from "../../../post/types.js";
import type { Output } from "../../../terminal/output.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { width } from "../../../terminal/table.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import type { GivenPhoto } from "../../../workspace/posts.js";
import { listTemplates, readTemplate } from "../../../workspace/templates.js";
import type { Workspace } from "../../../workspace/types.js";
import { askPhotoPaths } from "../../photo/ask-paths.js";
import { answerLine, createInterview, presentLine } from "../interview.js";
import { checkPhotos, describePhotos, type FoundPhotos, photosAt } from "../photos.js";
import { findUnfinished, saveUnfinished, type Unfinished } from "./unfinished.js";

/** Offers to resume an interrupted `post new`; returns its answers if the person agrees. */
export async function offerUnfinished(
  context: Context,
  prompter: Prompter,
  workspace: Workspace,
  wanted: string | undefined,
): Promise<Unfinished | undefined> {
  const found = await findUnfinished(workspace, wanted);
  if (!found) return undefined;
  const { packageFolder, language, messages } = context;
  const template = await readTemplate(found.template, packageFolder, workspace.root);
  const when = formatInstant(found.at.toISOString(), language);
  const message = messages.post.resume({ title: template.title[language], when });
  return (await untouched(() => prompter.confirm({ message, default: true }))) ? found : undefined;
}

/** Lets a person choose among the templates that the menu offers. */
export async function chooseTemplate(context: Context, prompter: Prompter, root: string): Promise<string> {
  const files = await listTemplates(context.packageFolder, root);
  const templates = await Promise.all(
    files.map((file) => readTemplate(file.name, context.packageFolder, root)),
  );
  const { language } = context;
  const ask = () =>
    prompter.select({
      message: context.messages.post.whichKind,
      // The most frequent kind of post.
      default: "berita-kegiatan",
      choices: templates
        .filter((template) => template.menu)
        .map(({ name, title, description }) => ({
          name: title[language],
          value: name,
          description: description[language],
        })),
    });
  return untouched(ask);
}

/** What a person is told who stops, or chooses so at the summary: every answer is on disk. */
const stopped = () => cancelled("answers-kept", { isNew: true, command: "kominfo post new" });

export interface WizardResult {
  answers: Answers;
  photos: GivenPhoto[];
  failed: { source: string; code: string; message: string }[];
  passed: PassedOver;
}

/**
 * Leads a person through a template: every question, the photos, then a summary from which answers can be changed.
 * Every answer is saved to disk at once. Throws `cancelled` (exit 130).
 */
export async function runWizard(
  context: Context,
  prompter: Prompter,
  workspace: Workspace,
  template: Template,
  start: { answers: Answers; asked: ReadonlySet<string>; photos: GivenPhoto[]; today: string },
): Promise<WizardResult> {
  const messages = context.messages.post;
  const answers: Answers = { ...start.answers };
  const { ask } = createInterview(context, prompter, start.today, template.name, answers);
  const asked = new Set(start.asked);
  context.output.note(`${messages.intro({ title: template.title[context.language] })}\n`);
  let photos = start.photos;
  let isKept = false;
  const keep = async () => {
    await saveUnfinished(workspace, template.name, { answers, asked: [...asked], photos });
    isKept = true;
  };
  const answer = async (key: string) => {
    const question = template.questions.find((candidate) => candidate.key === key)!;
    const value = await ask(question, answers[key]);
    if (value === undefined) delete answers[key];
    else answers[key] = value;
    asked.add(key);
    await keep();
  };
  try {
    for (const question of template.questions) if (!start.asked.has(question.key)) await answer(question.key);
    const added =
      photos.length > 0 ? { photos, passed: nothingPassed() } : await askPhotos(context, prompter);
    const { usable, failed } = await checkPhotos(context, added.photos);
    photos = usable;
    const { credit } = workspace.settings;
    photos = await describePhotos(
      context,
      prompter,
      usable,
      credit,
      (photo) => photo.path,
      (described) => {
        photos = [...described];
        return keep();
      },
    );
    await review(context, prompter, template, answers, photos, answer);
    return { answers, photos, failed, passed: added.passed };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit !== exit.cancelled) throw error;
    throw isKept || error.code === "answers-kept" ? stopped() : cancelled("declined");
  }
}

/** Asks for the photos of a post; there may be none. */
export async function askPhotos(context: Context, prompter: Prompter): Promise<FoundPhotos> {
  const { askPhotos: message, orEmpty } = context.messages.post;
  return photosAt(context, await askPhotoPaths(context, prompter, { message, again: orEmpty }), {});
}

/** Shows a summary before anything is written: keep it, change an answer and review again, or cancel. */
async function review(
  context: Context,
  prompter: Prompter,
  template: Template,
  answers: Answers,
  photos: readonly GivenPhoto[],
  change: (key: string) => Promise<void>,
): Promise<void> {
  const { output, language } = context;
  const messages = context.messages.post;
  for (;;) {
    const lines = template.questions.flatMap((question) => {
      const given = answers[question.key];
      if (given === undefined) return [];
      return summaryLines(output, question.ask[language], answerLine(question, given, messages));
    });
    if (photos.length > 0) lines.push(...summaryLines(output, messages.photos, String(photos.length)));
    output.note(`\n${output.noteStyle.strong(messages.summary)}\n${lines.join("\n")}\n`);
    const { keepChoices } = messages;
    const chosen = await prompter.select({
      message: messages.keep,
      choices: (["keep", "change", "cancel"] as const).map((value) => ({ name: keepChoices[value], value })),
    });
    if (chosen === "keep") return;
    if (chosen === "cancel") throw stopped();
    const key = await prompter.select<string | undefined>({
      message: messages.whichAnswer,
      choices: [
        ...template.questions.map((question) => ({
          name: question.ask[language],
          value: question.key,
          description: presentLine(question, answers[question.key], messages),
        })),
        { name: messages.backToSummary, value: undefined },
      ],
    });
    if (key !== undefined) await change(key);
  }
}

/** What was asked and the whole answer, which begins on a line of its own where one line does not hold both. */
function summaryLines({ noteStyle, columns }: Output, asked: string, answer: string): string[] {
  const head = noteStyle.faint(/[?:]$/.test(asked) ? asked : `${asked}:`);
  const text = cleanLine(answer);
  const line = `${head} ${text}`;
  return width(line) <= columns ? [line] : [head, `  ${text}`];
}
