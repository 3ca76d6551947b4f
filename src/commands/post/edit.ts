import { isDeepStrictEqual } from "node:util";
import type { Context } from "../../context.js";
import { cancelled, exit, KominfoError, usage } from "../../errors/errors.js";
import { maxCorrection } from "../../post/check.js";
import { today } from "../../post/dates.js";
import { editPost } from "../../post/front-matter/edit.js";
import { presentAnswers, type Revision, reviseAnswers } from "../../post/template/revise.js";
import type { Answers, Template } from "../../post/types.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { formatInstant } from "../../text/instant.js";
import { changePost } from "../../workspace/change.js";
import { keepLastKnown, readLastKnown } from "../../workspace/last-known.js";
import { type Bundle, readBundleStrictly } from "../../workspace/posts.js";
import { isSeen, readState } from "../../workspace/state.js";
import { readTemplate } from "../../workspace/templates.js";
import { editBody } from "./body.js";
import { findPost } from "./choose.js";
import { createInterview, presentLine } from "./interview.js";
import { loadRemarks, remarkLines } from "./remarks.js";
import { changeWay, type Standing } from "./standing.js";
import { tagProblem } from "./tag-problem.js";
import { type ChangedAnswers, findUnfinishedEdit, saveUnfinishedEdit } from "./unfinished-work.js";

/** How long a slow line may keep a person from their text. Milliseconds */
const remarksPatience = 8000;

/**
 * Shows what the editors have said of a post that was sent. Without a line, or a login, a person edits without it.
 *
 * @returns whether readers see something of the post, as far as is known now
 */
async function showRemarks(context: Context, bundle: Bundle): Promise<boolean> {
  const { output, messages, host } = context;
  const { submission } = await readState(bundle.state);
  if (!submission) return false;
  const signal = AbortSignal.any([host.signal, AbortSignal.timeout(remarksPatience)]);
  try {
    const newsroom = await context.newsroom(undefined, signal);
    if (newsroom.origin !== submission.origin) return false;
    const { remarks, submission: now } = await loadRemarks(newsroom, submission.id);
    const { id, revision, shown, updated_at } = now;
    const at = host.now().toISOString();
    await keepLastKnown(bundle, { id, at, revision, shown, updated_at, remarks });
    const lines = remarkLines(context, remarks, output.noteStyle);
    if (lines.length > 0) output.note([...lines, ""].join("\n").replace(/^\n/, ""));
    return isSeen(shown);
  } catch (error) {
    if (host.signal.aborted || !(error instanceof KominfoError)) throw error;
    const kept = await readLastKnown(bundle, submission.id);
    const lines = remarkLines(context, kept?.remarks ?? [], output.noteStyle);
    if (kept && lines.length > 0) {
      const when = formatInstant(kept.at, context.language);
      lines.push(`  ${output.noteStyle.faint(messages.postChanges.remarksKnownAt({ when }))}`);
    }
    output.note([...lines.slice(1), messages.postChanges.noRemarks].join("\n"));
    return submission.out ?? isSeen(kept?.shown);
  }
}

/** Edits the answers of a post one by one, then offers to open the body in the editor. */
export async function run(context: Context, input: { post: string }): Promise<void> {
  const workspace = await context.workspace();
  const bundle = await findPost(context, input.post);
  const { post, body } = await readBundleStrictly(bundle);
  const prompter = await context.prompter();
  const messages = context.messages.post;
  if (!prompter) throw usage("terminal-needed", { instead: messages.editByHand({ path: bundle.index }) });

  const isOut = await showRemarks(context, bundle);
  const template = await readTemplate(post.kind, context.packageFolder, workspace.root);
  const now = today(context.host.now());
  const before = presentAnswers(template, post, now);
  const after = await askChanges(context, prompter, bundle, { template, before, now, kind: post.kind });
  const { kecamatan, dateline } = workspace.settings;
  const settings = { kecamatan, today: now, dateline, photos: post.photos };
  const { changes, left } = reviseAnswers(template, post, body, { before, after }, settings);
  if (Object.keys(changes).length > 0) {
    await changePost(bundle, (source) => editPost(source, changes, bundle.index));
  }
  await saveUnfinishedEdit(bundle, {});
  if (left.length > 0) tellLeft(context, bundle, left);
  const wantsBody = await prompter.confirm({ message: messages.openBody, default: left.length > 0 });
  const isBodyChanged = wantsBody && (await editBody(context, prompter, bundle));
  let isChanged = isBodyChanged || Object.keys(changes).length > 0;
  // Also where nothing else was changed: an editor may have returned the correction for its sentence.
  if (isOut) isChanged = (await askCorrection(context, prompter, bundle)) || isChanged;
  const standing: Standing = (await readState(bundle.state)).submission ?? { state: "draft" };
  const way = changeWay(standing);
  const { postChanges } = context.messages;
  context.output.result({ post: { slug: bundle.slug, path: bundle.folder } }, (style) =>
    [
      isChanged
        ? `${style.good("✓")} ${messages.edited({ slug: bundle.slug })}`
        : messages.editedNothing({ slug: bundle.slug }),
      ...(way === "in_review" || way === "approved"
        ? [postChanges.changeWays[way]()]
        : way === undefined
          ? [postChanges.startAnew, `  ${style.command(`kominfo post new --copy ${bundle.slug}`)}`]
          : [messages.next, `  ${style.command(`kominfo post submit ${bundle.slug}`)}`]),
    ].join("\n"),
  );
}

/** Tells what the new answers would say, where somebody has edited what stands there: that is not overwritten. */
function tellLeft({ output, messages }: Context, { index }: Bundle, left: Revision["left"]): void {
  output.warn(messages.postChanges.leftAsEdited({ path: index }));
  for (const { key, text } of left) output.note(`    ${key}: ${text}`);
}

/** Asks for the sentence that tells readers what is corrected; Enter keeps the present one. Returns whether it was changed. */
async function askCorrection(context: Context, prompter: Prompter, bundle: Bundle): Promise<boolean> {
  const { post } = await readBundleStrictly(bundle);
  const { messages } = context;
  const present = post.correction_note ?? "";
  const typed = await prompter.text({
    message: messages.postChanges.askCorrection,
    ...(present !== "" && { default: present, editable: true }),
    validate: (text) =>
      text.length > maxCorrection
        ? messages.diagnostics["too-long"]({ max: maxCorrection, length: text.length })
        : tagProblem(messages, text),
  });
  const note = typed.trim();
  if (note === present) return false;
  await changePost(bundle, (source) => editPost(source, { correction_note: note || null }, bundle.index));
  return true;
}

/**
 * Asks for one answer after another until the person is done, and begins with what an interrupted run was told. Each answer is on disk at
 * once, because index.md changes only at the end.
 */
async function askChanges(
  context: Context,
  prompter: Prompter,
  bundle: Bundle,
  { template, before, now, kind }: { template: Template; before: Answers; now: string; kind: string },
): Promise<Answers> {
  const { language } = context;
  const messages = context.messages.post;
  const after: Answers = { ...before };
  const asked = new Set(template.questions.map(({ key }) => key));
  for (const [key, value] of Object.entries(await earlierChanges(context, prompter, bundle))) {
    if (!asked.has(key)) continue;
    if (value === null) delete after[key];
    else after[key] = value;
  }
  const interview = createInterview(context, prompter, now, kind, after);
  try {
    for (;;) {
      const key = await prompter.select<string | undefined>({
        message: messages.whichAnswer,
        choices: [
          { name: messages.finish, value: undefined },
          ...template.questions.map((question) => ({
            name: question.ask[language],
            value: question.key,
            description: presentLine(question, after[question.key], messages),
          })),
        ],
      });
      if (key === undefined) return after;
      const question = template.questions.find((candidate) => candidate.key === key)!;
      const value = await interview.ask(question, after[key]);
      if (value === undefined) delete after[key];
      else after[key] = value;
      await saveUnfinishedEdit(bundle, changesOf(before, after));
    }
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit !== exit.cancelled) throw error;
    if (Object.keys(changesOf(before, after)).length === 0) throw cancelled("declined");
    throw cancelled("answers-kept", { isNew: false, command: `kominfo post edit ${bundle.slug}` });
  }
}

/** What an interrupted run was told, if the person wants it back; else it is forgotten. */
async function earlierChanges(
  { language, messages }: Context,
  prompter: Prompter,
  bundle: Bundle,
): Promise<ChangedAnswers> {
  const found = await findUnfinishedEdit(bundle);
  if (!found) return {};
  const when = formatInstant(found.at.toISOString(), language);
  const count = Object.keys(found.changes).length;
  const message = messages.post.resumeEdit({ count, when });
  if (await untouched(() => prompter.confirm({ message, default: true }))) return found.changes;
  await saveUnfinishedEdit(bundle, {});
  return {};
}

function changesOf(before: Answers, after: Answers): ChangedAnswers {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key] ?? null]));
}
