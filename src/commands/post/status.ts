import type { Context } from "../../context.js";
import { usage } from "../../errors.js";
import { shownInstant } from "../../language/instant.js";
import type { NewsroomClient } from "../../newsroom/client/types.js";
import { submissionUrl } from "../../newsroom/contract.js";
import type { State } from "../../newsroom/lifecycle.js";
import { clean, cleanLine } from "../../terminal/clean.js";
import { indent, wrap } from "../../terminal/table.js";
import { type Bundle, findBundle, listBundles, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState, rememberState } from "../../workspace/state.js";
import { postListing } from "./listing.js";

export async function run(context: Context, input: { post?: string }): Promise<void> {
  const workspace = await context.workspace();
  if (input.post !== undefined) return one(context, await findBundle(workspace, input.post, context.cwd));
  return all(context, await listBundles(workspace));
}

/** What sends what could not be sent, and asks for nothing. */
const finish = ["kominfo sync"];

/** One post: its state at the newsroom now, what the editors said, and what to do next. */
async function one(context: Context, bundle: Bundle): Promise<void> {
  const { post } = await readBundle(bundle);
  const state = await readState(bundle.state);
  const words = context.messages.post;
  const said = { slug: bundle.slug, path: bundle.folder, title: post?.title ?? null };
  const waiting = isWaiting(state);
  if (!state.submission) {
    const next = waiting ? finish : words.nextSteps.draft(bundle.slug);
    context.output.result({ post: said, submission: null, waiting, comments: [], next }, (style) =>
      [
        `${style.strong(cleanLine(post?.title ?? bundle.slug))}  ${waiting ? words.waiting : words.states.draft}`,
        words.next,
        ...next.map((step) => `  ${style.command(step)}`),
      ].join("\n"),
    );
    return;
  }
  const newsroom = await context.newsroom();
  if (newsroom.origin !== state.submission.origin) {
    throw usage("submitted-elsewhere", {
      post: bundle.slug,
      origin: state.submission.origin,
      now: newsroom.origin,
    });
  }
  const { submission, comments } = await follow(newsroom, state.submission.id);
  const { id, revision, state: now, shown, updated_at } = submission;
  // The revision that this machine knows stays: a newer one has to be seen before the next is sent.
  await rememberState(bundle.state, submission);
  const here = state.submission.revision;
  const newer = revision > here ? await newsroom.revision(id, revision) : undefined;
  const pull = newer ? [`kominfo post pull ${bundle.slug}`] : [];
  const next = [...pull, ...(waiting ? finish : words.nextSteps[shown](bundle.slug))];
  const url = submissionUrl(newsroom.origin, id);
  context.output.result(
    { post: said, submission: { id, revision, state: now, updated_at, url }, waiting, comments, next },
    (style) =>
      [
        style.strong(cleanLine(submission.title)),
        `${words.states[shown]} · ${words.revision(revision)} · ${shownInstant(updated_at, context.language)}`,
        ...(newer ? [words.newerRevision({ revision, author: cleanLine(newer.author.name), here })] : []),
        ...(waiting ? [style.warning(words.waiting)] : []),
        ...(comments.length > 0 ? ["", words.remarks] : []),
        ...comments.flatMap((comment) => [
          `  ${cleanLine(comment.author)} ${style.faint(shownInstant(comment.at, context.language))}`,
          wrap(indent(clean(comment.body), "    "), context.output.resultColumns),
        ]),
        "",
        words.next,
        ...next.map((step) => `  ${step.startsWith("kominfo") ? style.command(step) : step}`),
      ].join("\n"),
  );
}

interface Remark {
  author: string;
  at: string;
  body: string;
}

/** A submission with everything that its editors said: comments, and the reasons of their steps, in order. */
async function follow(newsroom: NewsroomClient, id: string) {
  const [submission, comments, history] = await Promise.all([
    newsroom.submission(id),
    newsroom.comments(id),
    newsroom.history(id),
  ]);
  // An operator's own reason for withdrawing is no remark.
  const steps = history.filter((one) => one.step !== "withdraw");
  const reasons = steps.flatMap(({ by, at, reason }): Remark[] =>
    reason ? [{ author: by.name, at, body: reason }] : [],
  );
  const remarks = comments.map(({ author, at, body }): Remark => ({ author: author.name, at, body }));
  const all = [...remarks, ...reasons].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { submission, comments: all };
}

interface PostLine {
  slug: string;
  path: string;
  title: string | null;
  id: string | null;
  revision: number | null;
  state: State | "draft";
  updated_at: string | null;
  waiting: boolean;
}

/** All posts, with their states fetched anew where they were submitted. */
async function all(context: Context, bundles: readonly Bundle[]): Promise<void> {
  const words = context.messages.post;
  const items: PostLine[] = [];
  const newer: string[] = [];
  for (const bundle of bundles) {
    const [{ post }, state] = await Promise.all([readBundle(bundle), readState(bundle.state)]);
    const known = state.submission;
    const isHere = known && known.origin === (await context.workspace()).settings.newsroom?.origin;
    const now = isHere ? await (await context.newsroom()).submission(known.id) : undefined;
    if (now) await rememberState(bundle.state, now);
    if (now && now.revision > known!.revision) newer.push(bundle.slug);
    const shown: State | "draft" = now?.state ?? known?.state ?? "draft";
    items.push({
      slug: bundle.slug,
      path: bundle.folder,
      title: post?.title ?? null,
      id: known?.id ?? null,
      revision: now?.revision ?? known?.revision ?? null,
      state: shown,
      updated_at: now?.updated_at ?? known?.updated_at ?? null,
      waiting: isWaiting(state),
    });
  }
  if (items.length === 0) context.output.note(words.none);
  for (const slug of newer) context.output.note(words.newerListed({ slug }));
  context.output.result({ items, next_cursor: null }, (style) => postListing(context, items, style));
}
