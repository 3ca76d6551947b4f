import { randomUUID } from "node:crypto";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import type { Context } from "../../../context.js";
import { type ExitCode, exit, failed, usage } from "../../../errors/errors.js";
import { warning } from "../../../files/diagnostic.js";
import { readNamedFile } from "../../../files/named.js";
import { textOf } from "../../../files/text.js";
import { joinPassed, nothingPassed } from "../../../photo/sources/passed-over.js";
import { today } from "../../../post/dates.js";
import { lacksPhoto } from "../../../post/facts.js";
import { slugFor } from "../../../post/slug.js";
import { type CollectedAnswers, collectAnswers } from "../../../post/template/answers.js";
import { renderPost } from "../../../post/template/template.js";
import type { Answers, PostPhoto, Template } from "../../../post/types.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { findTag } from "../../../text/html-tag.js";
import { type Bundle, createBundle, type GivenPhoto, listBundles } from "../../../workspace/posts.js";
import { listTemplates, readTemplate } from "../../../workspace/templates.js";
import type { Workspace } from "../../../workspace/types.js";
import { passedJson } from "../../photo/gather.js";
import { editBody } from "../body.js";
import { orKept } from "../kept.js";
import { checkPhotos, describePhotos, photosAt, photosOfAnswers } from "../photos.js";
import { askEvent } from "./event-answers.js";
import { removeUnfinished, type Unfinished } from "./unfinished.js";
import { askPhotos, chooseTemplate, offerUnfinished, runWizard, type WizardResult } from "./wizard.js";

interface Input {
  template?: string;
  title?: string;
  set?: string[];
  from?: string;
  photo?: string[];
  again?: boolean;
  copy?: string;
  edit?: boolean;
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  if (input.copy !== undefined) {
    if (input.template ?? input.title ?? input.set ?? input.from ?? input.photo) throw usage("copy-alone");
    const { copyPost } = await import("./copy.js");
    const bundle = await copyPost(context, input.copy);
    if (input.edit) await openEditor(context, bundle);
    return exit.done;
  }
  const workspace = await context.workspace();
  const { messages } = context;
  const prompter = await context.prompter();
  const now = today(context.host.now());
  const isBare = input.title === undefined && !input.set && !input.from && !input.photo;
  const resumed =
    prompter && isBare ? await offerUnfinished(context, prompter, workspace, input.template) : undefined;
  const name =
    input.template ??
    resumed?.template ??
    (prompter ? await chooseTemplate(context, prompter, workspace.root) : undefined);
  if (name === undefined) {
    const templates = await listTemplates(context.packageFolder, workspace.root);
    throw usage("missing-input", { flag: "<template>", choices: templates.map((template) => template.name) });
  }
  const template = await readTemplate(name, context.packageFolder, workspace.root);

  const collected = collectAnswers(template, {
    set: input.set,
    from: await readAnswers(context, input.from),
    title: input.title,
    today: now,
  });
  if (collected.problems.length > 0) {
    // Where a person can be asked, what is missing is asked for later.
    const missing = prompter ? [] : collected.missing.map(({ problem }) => problem);
    throw usage("answers-invalid", { problems: [...collected.problems, ...missing] });
  }
  if (input.from !== undefined && !input.again) await refuseTwice(workspace, collected, name, now);
  const folder =
    input.from && input.from !== "-" ? path.dirname(path.resolve(context.cwd, input.from)) : undefined;
  const { credit } = workspace.settings;
  const found = [
    await photosOfAnswers(context, collected.photos, folder),
    await photosAt(context, input.photo ?? [], prompter ? {} : { credit }),
  ];
  const photos = found.flatMap((each) => each.photos);

  const event =
    prompter && !resumed && namesOnlyDay(input, collected)
      ? await askEvent(context, prompter, template, dayOf(collected))
      : {};
  const asksAll = isBare || Object.keys(event).length > 0;
  const answered = { ...collected, answers: { ...(isBare ? {} : collected.answers), ...event } };
  const result =
    prompter && (asksAll || collected.missing.length > 0)
      ? await interview(context, prompter, workspace, template, {
          ...{ collected: answered, photos, resumed, asksAll, now },
        })
      : await useCollected(context, prompter, credit, template, collected, photos);

  const { judul, tanggal } = result.answers;
  const { kecamatan, dateline } = workspace.settings;
  const slug = slugFor(String(judul ?? name), typeof tanggal === "string" ? tanggal : now);
  let placed: PostPhoto[] = [];
  const render = (copied: PostPhoto[]) => {
    placed = copied;
    return renderPost(template, result.answers, { kecamatan, today: now, dateline, photos: copied });
  };
  const bundle = await createBundle(workspace, slug, result.photos, render, randomUUID());
  await removeUnfinished(workspace, template.name);
  warnOfTags(context, result.answers);
  const passed = joinPassed([...found, result].map((each) => each.passed));
  showCreated(context, bundle, { template: name, photos: placed, failed: result.failed, passed });
  const begun = {
    bundle,
    before: Buffer.alloc(0),
    during: "made",
    command: `kominfo post edit ${bundle.slug}`,
  } as const;
  const ask = (person: Prompter) => person.confirm({ message: messages.post.openBody, default: false });
  const wantsEditor =
    input.edit ?? (asksAll && prompter !== undefined && (await orKept(begun, () => ask(prompter))));
  if (wantsEditor) await openEditor(context, bundle);
  return result.failed.length > 0 ? exit.partial : exit.done;
}

/** Opens the text in the editor; where nobody is at a terminal, says where the file is. */
async function openEditor(context: Context, bundle: Bundle): Promise<void> {
  const prompter = await context.prompter();
  if (prompter) await editBody(context, prompter, bundle);
  else context.output.warn(context.messages.post.editByHand({ path: bundle.index }));
}

/** Whether nothing but the day is known, of which an agenda may know more. */
function namesOnlyDay(input: Input, { given }: CollectedAnswers): boolean {
  if (input.title !== undefined || input.from !== undefined || input.photo !== undefined) return false;
  return [...given].every((key) => key === "tanggal");
}

/** The day that was given, not a default. */
function dayOf({ given, answers }: CollectedAnswers): string | undefined {
  return given.has("tanggal") && typeof answers.tanggal === "string" ? answers.tanggal : undefined;
}

/**
 * A file of answers makes one post: a script that runs twice, or a person who has lost track, does not mean two. Throws `post-exists`
 * (exit 1).
 */
async function refuseTwice(
  workspace: Workspace,
  { answers: { judul, tanggal } }: CollectedAnswers,
  name: string,
  now: string,
): Promise<void> {
  const slug = slugFor(String(judul ?? name), typeof tanggal === "string" ? tanggal : now);
  const bundles = await listBundles(workspace);
  if (bundles.some((bundle) => bundle.slug === slug)) throw failed("post-exists", { post: slug });
}

/** Asks for the answers, starting from those collected or from an interrupted interview. */
function interview(
  context: Context,
  prompter: Prompter,
  workspace: Workspace,
  template: Template,
  start: {
    collected: CollectedAnswers;
    photos: GivenPhoto[];
    resumed: Unfinished | undefined;
    asksAll: boolean;
    now: string;
  },
): Promise<WizardResult> {
  const { collected, photos, resumed, asksAll, now } = start;
  const { answers, asked } = resumed ?? { answers: collected.answers, asked: [] };
  // With flags, only missing answers are asked for.
  const skipped = asksAll ? asked : answeredKeys(template, collected);
  return runWizard(context, prompter, workspace, template, {
    answers,
    asked: new Set(skipped),
    photos: resumed?.photos ?? photos,
    today: now,
  });
}

/** Uses the collected answers as they are. Throws `answers-invalid` (exit 2) if one is missing. */
async function useCollected(
  context: Context,
  prompter: Prompter | undefined,
  credit: string | undefined,
  template: Template,
  collected: CollectedAnswers,
  photos: readonly GivenPhoto[],
): Promise<WizardResult> {
  const missing = collected.missing.map(({ problem }) => problem);
  if (missing.length > 0) throw usage("answers-invalid", { problems: missing });
  // A kind that readers expect a photo of is not made without one by oversight.
  const isLacking = prompter !== undefined && lacksPhoto({ kind: template.name, photos });
  const asked = isLacking
    ? await untouched(() => askPhotos(context, prompter))
    : { photos, passed: nothingPassed() };
  const { usable, failed } = await checkPhotos(context, asked.photos);
  const describe = (person: Prompter) =>
    describePhotos(context, person, usable, credit, (photo) => photo.path);
  const described = prompter ? await untouched(() => describe(prompter)) : usable;
  return { answers: collected.answers, photos: described, failed, passed: asked.passed };
}

/** Keys of the questions not to ask: answered, defaulted, or optional and left out. */
function answeredKeys(template: Template, { missing }: CollectedAnswers): string[] {
  const lacking = new Set(missing.map((answer) => answer.key.split(".")[0]));
  return template.questions.map((question) => question.key).filter((key) => !lacking.has(key));
}

/** Answers of a file or of flags are not asked for again, and a title that readers see with its tags is easily overlooked. */
function warnOfTags({ messages, output }: Context, answers: Answers): void {
  for (const [key, answer] of Object.entries(answers)) {
    const tag = findTag(typeof answer === "string" ? answer : "");
    if (tag !== undefined) output.warn(messages.diagnosticLine(warning({ key }, "html-tag", { tag })));
  }
}

function showCreated(
  context: Context,
  bundle: Bundle,
  {
    template,
    photos,
    failed,
    passed,
  }: { template: string; photos: readonly PostPhoto[] } & Pick<WizardResult, "failed" | "passed">,
): void {
  const messages = context.messages.post;
  const json = {
    post: { slug: bundle.slug, path: bundle.folder, template, state: "draft" },
    photos: photos.map((photo) => ({ path: path.join(bundle.folder, photo.file) })),
    ...(failed.length > 0 ? { failed } : {}),
    passed_over: passedJson(passed),
  };
  context.output.result(json, (style) =>
    [
      `${failed.length > 0 ? style.warning("!") : style.good("✓")} ${messages.made({ slug: style.strong(bundle.slug) })}`,
      `  ${style.faint(bundle.index)}`,
      ...(photos.length > 0 ? [`  ${messages.photosIn({ count: photos.length })}`] : []),
      messages.next,
      `  ${style.command(`kominfo post check ${bundle.slug}`)}`,
      `  ${style.command(`kominfo post submit ${bundle.slug}`)}`,
    ].join("\n"),
  );
}

async function readAnswers(context: Context, from: string | undefined): Promise<string | undefined> {
  if (from === undefined) return undefined;
  const name = from === "-" ? "stdin" : from;
  const bytes =
    from === "-"
      ? await buffer(context.host.stdin)
      : await readNamedFile(path.resolve(context.cwd, from), from);
  const { text, encoding } = textOf(bytes, name);
  if (encoding === "windows-1252") {
    context.output.warn(context.messages.workspace.guessedText({ path: name }));
  }
  return text;
}
