import type { Context } from "../../context.js";
import type { Submission } from "../../contract/contract.js";
import type { SenderRequest, State } from "../../contract/lifecycle.js";
import { type ExitCode, exit, type KominfoError } from "../../errors/errors.js";
import type { Post } from "../../post/types.js";
import { changedSince } from "../../submission/mark.js";
import { type Bundle, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState, updateSubmissionState } from "../../workspace/state.js";
import { problemJson } from "../photo/upload/upload-report.js";
import { newsHints } from "./agenda-hint.js";
import { type PostRow, postTable } from "./post-table.js";
import { openRequest, standingOf } from "./standing.js";
import { isUnasked } from "./status-known.js";

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
  asked: SenderRequest | null;
  link: string | null;
}

/**
 * All posts, with the newsroom's current state of those that were submitted. Where the newsroom does not answer, their last known state, then
 * why; returns that error's exit code.
 */
export async function listStatus(context: Context, bundles: readonly Bundle[]): Promise<ExitCode> {
  const messages = context.messages.post;
  const items: PostLine[] = [];
  const outdated: string[] = [];
  const posts: Post[] = [];
  const rows: PostRow[] = [];
  let unasked: KominfoError | undefined;
  const ask = async (id: string): Promise<Submission | undefined> => {
    // One wait for a line that is down, not one for each post.
    if (unasked) return undefined;
    try {
      return await (await context.newsroom()).submission(id);
    } catch (error) {
      if (!isUnasked(error)) throw error;
      unasked = error;
      return undefined;
    }
  };
  for (const bundle of bundles) {
    const { line, isOutdated, post, ...standing } = await loadLine(context, bundle, ask);
    items.push(line);
    rows.push({ ...line, ...standing });
    if (post) posts.push(post);
    if (isOutdated) outdated.push(bundle.slug);
  }
  if (items.length === 0) context.output.note(messages.none);
  for (const slug of outdated) context.output.note(messages.newerListed({ slug }));
  const json = { items, next_cursor: null, ...(unasked && { error: problemJson(unasked, context) }) };
  context.output.result(json, (style) =>
    [
      postTable(context, rows, style),
      ...(unasked ? [`\n${context.messages.postChanges.statesKnown}`] : []),
      ...newsHints(context, posts, style),
    ]
      .filter(Boolean)
      .join("\n"),
  );
  if (unasked) context.output.failure(unasked, context.messages);
  return unasked?.exit ?? exit.done;
}

/** Asks the newsroom of the workspace where the post is there; another newsroom's state stays as recorded. */
async function loadLine(
  context: Context,
  bundle: Bundle,
  ask: (id: string) => Promise<Submission | undefined>,
) {
  const [{ post, body }, state] = await Promise.all([readBundle(bundle), readState(bundle.state)]);
  const record = state.submission;
  const isHere = record && record.origin === (await context.workspace()).settings.newsroom?.origin;
  const current = isHere ? await ask(record.id) : undefined;
  if (current) await updateSubmissionState(bundle.state, current);
  const recorded = current ? (await readState(bundle.state)).submission : record;
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
    asked: (current ? openRequest(current) : record?.asked) ?? null,
    link: recorded?.link ?? null,
  };
  const { out = false, down = false } = current ? standingOf(current) : (record ?? {});
  return { line, post, out, down, isOutdated: current !== undefined && current.revision > record!.revision };
}
