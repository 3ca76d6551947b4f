import type { Context } from "../../context.js";
import { KominfoError, usage } from "../../errors/errors.js";
import { today } from "../../post/dates.js";
import { editPost } from "../../post/front-matter/edit.js";
import { presentAnswers, reviseAnswers } from "../../post/template/revise.js";
import type { Answers } from "../../post/types.js";
import { changePost } from "../../workspace/change.js";
import { type Bundle, findBundle, readBundleStrictly } from "../../workspace/posts.js";
import { readState } from "../../workspace/state.js";
import { readTemplate } from "../../workspace/templates.js";
import { editBody } from "./body.js";
import { createInterview, presentLine } from "./interview.js";
import { loadRemarks, remarkLines } from "./remarks.js";

/** How long a slow line may keep a person from their text. Milliseconds */
const remarksPatience = 8000;

/** Shows what the editors have said of a post that was sent. Without a line, or a login, a person edits without it. */
async function showRemarks(context: Context, bundle: Bundle): Promise<void> {
  const { output, messages, host } = context;
  const { submission } = await readState(bundle.state);
  if (!submission) return;
  const signal = AbortSignal.any([host.signal, AbortSignal.timeout(remarksPatience)]);
  try {
    const newsroom = await context.newsroom(undefined, signal);
    if (newsroom.origin !== submission.origin) return;
    const { remarks } = await loadRemarks(newsroom, submission.id);
    const lines = remarkLines(context, remarks, output.noteStyle);
    if (lines.length > 0) output.note([...lines, ""].join("\n").replace(/^\n/, ""));
  } catch (error) {
    if (host.signal.aborted || !(error instanceof KominfoError)) throw error;
    output.note(messages.postChanges.noRemarks);
  }
}

/** Edits the answers of a post one by one, then offers to open the body in the editor. */
export async function run(context: Context, input: { post: string }): Promise<void> {
  const workspace = await context.workspace();
  const bundle = await findBundle(workspace, input.post, context.cwd);
  const { post, body } = await readBundleStrictly(bundle);
  const prompter = await context.prompter();
  const messages = context.messages.post;
  if (!prompter) throw usage("terminal-needed", { instead: messages.editByHand({ path: bundle.index }) });

  await showRemarks(context, bundle);
  const template = await readTemplate(post.kind, context.packageFolder, workspace.root);
  const now = today(context.host.now());
  const before = presentAnswers(template, post, now);
  const after: Answers = { ...before };
  const interview = createInterview(context, prompter, now, post.kind);
  for (;;) {
    const key = await prompter.select<string | undefined>({
      message: messages.whichAnswer,
      choices: [
        { name: messages.finish, value: undefined },
        ...template.questions.map((question) => ({
          name: question.ask[context.language],
          value: question.key,
          description: presentLine(question, after[question.key], messages),
        })),
      ],
    });
    if (key === undefined) break;
    const value = await interview.ask(
      template.questions.find((question) => question.key === key)!,
      after[key],
    );
    if (value === undefined) delete after[key];
    else after[key] = value;
  }
  const { kecamatan, dateline } = workspace.settings;
  const settings = { kecamatan, today: now, dateline, photos: post.photos };
  const changes = reviseAnswers(template, post, body, { before, after }, settings);
  if (Object.keys(changes).length > 0) {
    await changePost(bundle, (source) => editPost(source, changes, bundle.index));
  }
  if (await prompter.confirm({ message: messages.openBody, default: false }))
    await editBody(context, prompter, bundle);
  context.output.result({ post: { slug: bundle.slug, path: bundle.folder } }, (style) =>
    [
      `${style.good("✓")} ${messages.edited({ slug: bundle.slug })}`,
      messages.next,
      `  ${style.command(`kominfo post submit ${bundle.slug}`)}`,
    ].join("\n"),
  );
}
