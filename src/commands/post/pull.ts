import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Context } from "../../context.js";
import { type Submission, submissionUrl } from "../../contract/contract.js";
import { type ExitCode, exit, failed, KominfoError, usage } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { type ChangedText, changedTexts } from "../../post/merge/changed.js";
import { type Pulled, planPull, pullPost } from "../../submission/pull.js";
import { findSubmitted, rebuildPost } from "../../submission/rebuild.js";
import { wordDifference } from "../../terminal/difference.js";
import type { Style } from "../../terminal/style.js";
import { indent, shorten } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import type { Bundle } from "../../workspace/posts.js";
import { isWaiting, readState } from "../../workspace/state.js";
import { findPost } from "./choose.js";
import { chooseOnScreen } from "./choose-conflicts.js";
import { chooseSubmission } from "./choose-submission.js";
import { keyNames } from "./labelled.js";
import { parseReference, requireOwnNewsroom } from "./reference.js";

interface Input {
  "post|submission-id": string;
  dryRun?: boolean;
}

/** Merges the newsroom's revision into a post, or makes the post where this computer has none of that submission. */
export async function run(context: Context, input: Input): Promise<ExitCode> {
  const workspace = await context.workspace();
  const wanted = await wholeNumber(context, input["post|submission-id"]);
  const reference = parseReference(wanted);
  const bundle = reference ? await findSubmitted(workspace, reference.id) : await findPost(context, wanted);
  if (bundle) await requireSent(bundle);
  const newsroom = await context.newsroom();
  if (reference) requireOwnNewsroom(reference, newsroom);
  const dryRun = input.dryRun ?? false;
  if (!bundle) return rebuild(context, await newsroom.submission(reference!.id), newsroom, dryRun);
  const request = { bundle, newsroom, newKey: randomUUID };
  if (dryRun) return showPulled(context, bundle, newsroom, await planPull(request), dryRun);
  let isChosen = false;
  const pulled = await pullPost(request).catch(async (error: unknown) => {
    // What an earlier pull left to choose is chosen first.
    if (!isOpenChoice(error) || !(await chooseOnScreen(context, bundle))) throw error;
    isChosen = true;
    return pullPost(request);
  });
  const chosen = pulled.conflicts.length > 0 && (await chooseOnScreen(context, bundle, pulled.kept));
  isChosen ||= chosen !== false && chosen !== undefined;
  return showPulled(context, bundle, newsroom, { ...pulled, ...(chosen || {}) }, dryRun, isChosen);
}

/**
 * The whole number of a submission of which a person has typed the beginning: of those that the newsroom has and this computer has not
 * they choose. Anything else stays. Throws `submission-not-found` (exit 1) where nobody can be asked, or none begins so.
 */
async function wholeNumber(context: Context, wanted: string): Promise<string> {
  if (!/^[0-9a-f]{8}[0-9a-f-]{0,27}$/i.test(wanted)) return wanted;
  if (await findPost(context, wanted).catch(() => undefined)) return wanted;
  const prompter = await context.prompter();
  const chosen = prompter && (await chooseSubmission(context, prompter, wanted));
  if (!chosen) throw failed("submission-not-found", { submission: wanted, isWhole: false });
  return chosen;
}

/** Throws `not-submitted` (exit 2) for a draft of which nothing waits either. */
async function requireSent({ slug, state: file }: Bundle): Promise<void> {
  const state = await readState(file);
  if (!state.submission && !isWaiting(state)) throw usage("not-submitted", { post: slug });
}

function isOpenChoice(error: unknown): boolean {
  if (!(error instanceof KominfoError) || error.code !== "post-invalid") return false;
  return (error as KominfoError<"post-invalid">).params.problems.every(
    ({ code }) => code === "conflict-left",
  );
}

async function rebuild(
  context: Context,
  submission: Submission,
  newsroom: NewsroomClient,
  dryRun: boolean,
): Promise<ExitCode> {
  const messages = context.messages.post;
  const { revision, content } = submission;
  const workspace = await context.workspace();
  const rebuilt = dryRun ? undefined : await rebuildPost(workspace, newsroom, submission);
  const { slug, folder } = rebuilt?.bundle ?? {
    slug: content.slug,
    folder: path.join(workspace.posts, content.slug),
  };
  const photos = rebuilt?.photos ?? { downloaded: content.photos.length, gone: [] };
  const json = jsonOf(slug, folder, submission, newsroom, { from: null, photos });
  context.output.result(json, (style) =>
    [
      dryRun
        ? messages.wouldRebuild({ slug, revision })
        : `${style.good("✓")} ${messages.rebuilt({ slug, revision })}`,
      ...photoLines(context, photos),
      ...(dryRun ? [] : [messages.next, `  ${style.command(`kominfo post status ${slug}`)}`]),
    ].join("\n"),
  );
  return exit.done;
}

async function showPulled(
  context: Context,
  { slug, folder }: Bundle,
  newsroom: NewsroomClient,
  pulled: Pulled,
  dryRun: boolean,
  isChosen = false,
): Promise<ExitCode> {
  const messages = context.messages.post;
  const { submission, from, conflicts, photos, kept } = pulled;
  const { revision } = submission;
  const changes = changedTexts(pulled.before, pulled.after);
  const changed = changes.map(({ key }) => key);
  const json = jsonOf(slug, folder, submission, newsroom, { from, changed, conflicts, photos, kept });
  const nameOf = await keyNames(context, pulled.after.post.kind);
  const choices = (style: Style) =>
    dryRun && revision > from
      ? choicesToCome(context, style, slug, pulled, nameOf)
      : choiceLines(context, style, slug, pulled, nameOf);
  context.output.result(json, (style) => {
    // "Nothing new" would stand beside what is left to choose.
    if (revision <= from && conflicts.length > 0) return choices(style).join("\n");
    const next = isChosen && conflicts.length === 0 ? nextLines(context, style, slug) : [];
    if (revision <= from) {
      if (next.length === 0) return messages.nothingToPull({ slug, revision });
      return [`${style.good("✓")} ${messages.allChosen({ slug, revision })}`, ...next].join("\n");
    }
    return [
      ...(changes.length > 0 || conflicts.length > 0
        ? changes.map((change) => changeLines(style, change, nameOf))
        : [messages.sameText]),
      "",
      dryRun
        ? messages.wouldPull({ slug, revision })
        : conflicts.length > 0
          ? `${style.warning("!")} ${messages.pulledToChoose({ slug, revision })}`
          : `${style.good("✓")} ${messages.pulled({ slug, revision })}`,
      ...photoLines(context, photos),
      ...(kept ? [`  ${messages.keptBefore({ path: kept })}`] : []),
      ...choices(style),
      ...next,
    ].join("\n");
  });
  return conflicts.length > 0 ? exit.failed : exit.done;
}

/** What is left to do once a person has chosen everything. */
function nextLines({ messages: { post: messages } }: Context, style: Style, slug: string): string[] {
  return [
    messages.next,
    ...["check", "submit"].map((verb) => `  ${style.command(`kominfo post ${verb} ${slug}`)}`),
  ];
}

/** The same keys in every case: `from` is null for a new post, `kept` where there is no copy of index.md. */
function jsonOf(
  slug: string,
  folder: string,
  { id, revision, state, updated_at }: Submission,
  { origin }: NewsroomClient,
  { from, changed = [], conflicts = [], photos, kept }: JsonParts,
) {
  const submission = { id, revision, state, updated_at, url: submissionUrl(origin, id) };
  return { post: { slug, path: folder }, submission, from, changed, conflicts, photos, kept: kept ?? null };
}

interface JsonParts {
  from: number | null;
  changed?: string[];
  conflicts?: Pulled["conflicts"];
  photos: Pulled["photos"];
  kept?: string | undefined;
}

function changeLines(
  style: Style,
  { key, before, after }: ChangedText,
  nameOf: (key: string) => string,
): string {
  const difference = wordDifference(before, after, style).replace(/\n\s*\n/g, "\n");
  return `${style.strong(nameOf(key))}\n${indent(difference, "  ")}`;
}

function photoLines(
  { messages: { post: messages } }: Context,
  { downloaded, gone }: Pulled["photos"],
): string[] {
  return [
    ...(downloaded > 0 ? [`  ${messages.photosFetched({ count: downloaded })}`] : []),
    ...gone.map((file) => `  ${messages.photoGone({ file: cleanLine(file) })}`),
  ];
}

function choiceLines(
  { messages: { post: messages, postChanges } }: Context,
  style: Style,
  slug: string,
  { conflicts }: Pulled,
  nameOf: (key: string) => string,
): string[] {
  if (conflicts.length === 0) return [];
  return [
    messages.toChoose({ count: conflicts.length }),
    ...conflicts.map(({ key, line, text }) => {
      const excerpt = text ? [`“${shorten(cleanLine(text), 50)}”`] : [];
      return `  ${messages.lineOf({ line, what: [nameOf(key), ...excerpt].join(" ") })}`;
    }),
    postChanges.orOnScreen,
    `  ${style.command(`kominfo post pull ${slug}`)}`,
  ];
}

/** What a pull would ask, with both forms: the differences above have only what goes in by itself. */
function choicesToCome(
  { messages: { postChanges: messages } }: Context,
  style: Style,
  slug: string,
  { forms }: Pulled,
  nameOf: (key: string) => string,
): string[] {
  if (forms.length === 0) return [];
  const form = (side: string, text: string | undefined) => {
    const line = text === undefined || text === "" ? messages.gone : shorten(cleanLine(text), 200);
    return `    ${style.faint(`${side}:`)} ${line}`;
  };
  return [
    messages.wouldChoose({ count: forms.length }),
    ...forms.flatMap(({ key, ours, theirs }) => [
      `  ${style.strong(nameOf(key))}`,
      form(messages.yours, ours),
      form(messages.theirs, theirs),
    ]),
    messages.pullAndChoose,
    `  ${style.command(`kominfo post pull ${slug}`)}`,
  ];
}
