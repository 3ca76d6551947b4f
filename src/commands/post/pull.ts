import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Context } from "../../context.js";
import { type Submission, submissionUrl } from "../../contract/contract.js";
import { type ExitCode, exit, failed } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { type ChangedText, changedTexts } from "../../post/merge/changed.js";
import { type Pulled, planPull, pullPost } from "../../submission/pull.js";
import { findSubmitted, rebuildPost } from "../../submission/rebuild.js";
import { wordDifference } from "../../terminal/difference.js";
import type { Style } from "../../terminal/style.js";
import { indent, shorten, wrap } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { type Bundle, findBundle } from "../../workspace/posts.js";

interface Input {
  "post|submission-id": string;
  dryRun?: boolean;
}

/** Takes the newsroom's revision into a post, or makes the post where this computer has none of that submission. */
export async function run(context: Context, input: Input): Promise<ExitCode> {
  const workspace = await context.workspace();
  const wanted = input["post|submission-id"];
  const given = submissionOf(wanted);
  const bundle = given
    ? await findSubmitted(workspace, given.id)
    : await findBundle(workspace, wanted, context.cwd);
  const newsroom = await context.newsroom();
  if (given?.origin && given.origin !== newsroom.origin) {
    throw failed("submitted-elsewhere", { post: given.id, origin: given.origin, now: newsroom.origin });
  }
  const dryRun = input.dryRun ?? false;
  if (!bundle) return rebuild(context, await newsroom.submission(given!.id), newsroom, dryRun);
  const request = { bundle, newsroom, newKey: randomUUID };
  const pulled = dryRun ? await planPull(request) : await pullPost(request);
  return tell(context, bundle, newsroom, pulled, dryRun);
}

/** A submission's number, or its address at the newsroom or its desk. */
function submissionOf(wanted: string): { id: string; origin?: string } | undefined {
  const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  const [, address, id] =
    new RegExp(`^(https?://.+/submissions/)?(${uuid})$`, "i").exec(wanted.trim().replace(/[/#?]*$/, "")) ??
    [];
  if (!id) return undefined;
  return { id: id.toLowerCase(), ...(address && { origin: new URL(address).origin }) };
}

async function rebuild(
  context: Context,
  submission: Submission,
  newsroom: NewsroomClient,
  dryRun: boolean,
): Promise<ExitCode> {
  const words = context.messages.post;
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
        ? words.wouldRebuild({ slug, revision })
        : `${style.good("✓")} ${words.rebuilt({ slug, revision })}`,
      ...photoLines(context, photos),
      ...(dryRun ? [] : [words.next, `  ${style.command(`kominfo post status ${slug}`)}`]),
    ].join("\n"),
  );
  return exit.done;
}

function tell(
  context: Context,
  { slug, folder }: Bundle,
  newsroom: NewsroomClient,
  pulled: Pulled,
  dryRun: boolean,
): ExitCode {
  const words = context.messages.post;
  const { submission, from, conflicts, photos, kept } = pulled;
  const { revision } = submission;
  const changes = changedTexts(pulled.before, pulled.after);
  const changed = changes.map(({ key }) => key);
  const found = { from, changed, conflicts, photos, kept: kept ?? null };
  context.output.result(jsonOf(slug, folder, submission, newsroom, found), (style) => {
    if (revision <= from)
      return [words.nothingToPull({ slug, revision }), ...choiceLines(context, pulled)].join("\n");
    return [
      ...(changes.length > 0 ? changes.map((one) => changeLines(context, style, one)) : [words.sameText]),
      "",
      dryRun ? words.wouldPull({ slug, revision }) : `${style.good("✓")} ${words.pulled({ slug, revision })}`,
      ...photoLines(context, photos),
      ...(kept ? [`  ${words.keptBefore({ path: kept })}`] : []),
      ...choiceLines(context, pulled),
    ].join("\n");
  });
  return conflicts.length > 0 ? exit.failed : exit.done;
}

/** The same keys, whatever was done: null where there was no post before, or nothing had to be kept. */
function jsonOf(
  slug: string,
  folder: string,
  { id, revision, state, updated_at }: Submission,
  { origin }: NewsroomClient,
  { from, changed = [], conflicts = [], photos, kept = null }: Taken,
) {
  const submission = { id, revision, state, updated_at, url: submissionUrl(origin, id) };
  return { post: { slug, path: folder }, submission, from, changed, conflicts, photos, kept };
}

interface Taken {
  from: number | null;
  changed?: string[];
  conflicts?: Pulled["conflicts"];
  photos: Pulled["photos"];
  kept?: string | null;
}

function changeLines({ output }: Context, style: Style, { key, before, after }: ChangedText): string {
  const difference = wordDifference(before, after, style).replace(/\n\s*\n/g, "\n");
  return `${style.strong(cleanLine(key))}\n${wrap(indent(difference, "  "), output.resultColumns)}`;
}

function photoLines(
  { messages: { post: words } }: Context,
  { downloaded, gone }: Pulled["photos"],
): string[] {
  return [
    ...(downloaded > 0 ? [`  ${words.photosFetched({ count: downloaded })}`] : []),
    ...gone.map((file) => `  ${words.photoGone({ file: cleanLine(file) })}`),
  ];
}

function choiceLines({ messages: { post: words } }: Context, { conflicts }: Pulled): string[] {
  if (conflicts.length === 0) return [];
  return [
    words.toChoose({ count: conflicts.length }),
    ...conflicts.map(({ key, line, text }) => {
      const what = [cleanLine(key), ...(text ? [`“${shorten(cleanLine(text), 50)}”`] : [])].join(" ");
      return `  ${words.lineOf({ line, what })}`;
    }),
  ];
}
