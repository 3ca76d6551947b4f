import type { Context } from "../../context.js";
import type { State } from "../../contract/lifecycle.js";
import type { Post } from "../../post/types.js";
import { changedSince } from "../../submission/mark.js";
import { type Bundle, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState, updateSubmissionState } from "../../workspace/state.js";
import { newsHints } from "./agenda-hint.js";
import { postTable } from "./post-table.js";

interface PostLine {
  slug: string;
  path: string;
  title: string | null;
  id: string | null;
  revision: number | null;
  state: State | "draft";
  updated_at: string | null;
  waiting: boolean;
  changed_since: number | null;
}

/** All posts, with the newsroom's current state of those that were submitted. */
export async function listStatus(context: Context, bundles: readonly Bundle[]): Promise<void> {
  const messages = context.messages.post;
  const items: PostLine[] = [];
  const outdated: string[] = [];
  const posts: Post[] = [];
  for (const bundle of bundles) {
    const { line, isOutdated, post } = await loadLine(context, bundle);
    items.push(line);
    if (post) posts.push(post);
    if (isOutdated) outdated.push(bundle.slug);
  }
  if (items.length === 0) context.output.note(messages.none);
  for (const slug of outdated) context.output.note(messages.newerListed({ slug }));
  context.output.result({ items, next_cursor: null }, (style) =>
    [postTable(context, items, style), ...newsHints(context, posts, style)].filter(Boolean).join("\n"),
  );
}

/** Asks the newsroom of the workspace where the post is there; another newsroom's state stays as recorded. */
async function loadLine(context: Context, bundle: Bundle) {
  const [{ post, body }, state] = await Promise.all([readBundle(bundle), readState(bundle.state)]);
  const record = state.submission;
  const isHere = record && record.origin === (await context.workspace()).settings.newsroom?.origin;
  const current = isHere ? await (await context.newsroom()).submission(record.id) : undefined;
  if (current) await updateSubmissionState(bundle.state, current);
  const latest = current ?? record;
  const line: PostLine = {
    slug: bundle.slug,
    path: bundle.folder,
    title: post?.title ?? null,
    id: record?.id ?? null,
    revision: latest?.revision ?? null,
    state: latest?.state ?? "draft",
    updated_at: latest?.updated_at ?? null,
    waiting: isWaiting(state),
    changed_since: post ? (changedSince(state, { post, body }) ?? null) : null,
  };
  return { line, post, isOutdated: current !== undefined && current.revision > record!.revision };
}
