import type { Context } from "../../context.js";
import type { State } from "../../contract/lifecycle.js";
import { type Bundle, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState, updateSubmissionState } from "../../workspace/state.js";
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
}

/** All posts, with the newsroom's current state of those that were submitted. */
export async function listStatus(context: Context, bundles: readonly Bundle[]): Promise<void> {
  const messages = context.messages.post;
  const items: PostLine[] = [];
  const outdated: string[] = [];
  for (const bundle of bundles) {
    const { line, isOutdated } = await loadLine(context, bundle);
    items.push(line);
    if (isOutdated) outdated.push(bundle.slug);
  }
  if (items.length === 0) context.output.note(messages.none);
  for (const slug of outdated) context.output.note(messages.newerListed({ slug }));
  context.output.result({ items, next_cursor: null }, (style) => postTable(context, items, style));
}

/** Asks the newsroom of the workspace where the post is there; another newsroom's state stays as recorded. */
async function loadLine(context: Context, bundle: Bundle): Promise<{ line: PostLine; isOutdated: boolean }> {
  const [{ post }, state] = await Promise.all([readBundle(bundle), readState(bundle.state)]);
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
  };
  return { line, isOutdated: current !== undefined && current.revision > record!.revision };
}
