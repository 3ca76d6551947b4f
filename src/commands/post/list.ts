import type { Context } from "../../context.js";
import { states } from "../../contract/lifecycle.js";
import { oneOfTranslated } from "../../terminal/ask.js";
import { type Bundle, listBundles, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState } from "../../workspace/state.js";
import { postListing } from "./post-table.js";

const shown = ["draft", ...states] as const;

/** The posts of the workspace as they are on this machine; the newsroom is not asked. */
export async function run(context: Context, input: { state?: string }): Promise<void> {
  const wanted =
    input.state === undefined
      ? undefined
      : oneOfTranslated("--state", input.state, shown, context.messages.post.states);
  const bundles = await listBundles(await context.workspace());
  const all = await Promise.all(bundles.map(describe));
  const items = all.filter((item) => wanted === undefined || item.state === wanted);
  const messages = context.messages.post;
  if (items.length === 0) context.output.note(all.length === 0 ? messages.none : messages.noneInState);
  context.output.result({ items, next_cursor: null }, (style) => postListing(context, items, style));
}

async function describe(bundle: Bundle) {
  const [{ post }, state] = await Promise.all([readBundle(bundle), readState(bundle.state)]);
  return {
    slug: bundle.slug,
    path: bundle.folder,
    title: post?.title ?? null,
    template: post?.kind ?? null,
    state: state.submission?.state ?? ("draft" as const),
    revision: state.submission?.revision ?? null,
    photos: post?.photos.length ?? 0,
    waiting: isWaiting(state),
  };
}
