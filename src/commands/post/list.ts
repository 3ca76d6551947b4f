import type { Context } from "../../context.js";
import { states } from "../../contract/lifecycle.js";
import { changedSince } from "../../submission/mark.js";
import { oneOfTranslated } from "../../terminal/prompts/ask.js";
import { type Bundle, listBundles, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState } from "../../workspace/state.js";
import { newsHints } from "./agenda-hint.js";
import { warnOfLinks } from "./links.js";
import { postTable } from "./post-table.js";

const listedStates = ["draft", ...states] as const;

/** Lists the posts of the workspace from local files, without asking the newsroom. */
export async function run(context: Context, input: { state?: string }): Promise<void> {
  const wanted =
    input.state === undefined
      ? undefined
      : oneOfTranslated("--state", input.state, listedStates, context.messages.post.states);
  const bundles = await listBundles(await context.workspace(), warnOfLinks(context));
  const read = await Promise.all(bundles.map(describe));
  const all = read.map(({ item }) => item);
  const posts = read.flatMap(({ post }) => (post ? [post] : []));
  const items = all.filter((item) => wanted === undefined || item.state === wanted);
  const rows = read
    .map(({ item, out, down }) => ({ ...item, out, down }))
    .filter(({ slug }) => items.some((item) => item.slug === slug));
  const messages = context.messages.post;
  if (items.length === 0) context.output.note(all.length === 0 ? messages.none : messages.noneInState);
  context.output.result({ items, next_cursor: null }, (style) =>
    [postTable(context, rows, style), ...newsHints(context, posts, style)].filter(Boolean).join("\n"),
  );
}

async function describe(bundle: Bundle) {
  const [{ post, body }, state] = await Promise.all([readBundle(bundle), readState(bundle.state)]);
  const { out = false, down = false } = state.submission ?? {};
  const item = {
    slug: bundle.slug,
    path: bundle.folder,
    title: post?.title ?? null,
    template: post?.kind ?? null,
    state: state.submission?.state ?? ("draft" as const),
    revision: state.submission?.revision ?? null,
    photos: post?.photos.length ?? 0,
    waiting: isWaiting(state),
    /** Where readers see it, as far as it is known here. */
    link: state.submission?.link ?? null,
    /** The sender's request that no editor has answered yet, as far as it is known here. */
    asked: state.submission?.asked ?? null,
    /** The revision since which it was changed here; null: it was not, or nobody knows. */
    changed_since: post ? (changedSince(state, { post, body }) ?? null) : null,
  };
  return { item, post, out, down };
}
