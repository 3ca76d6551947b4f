import type { Context } from "../../context.js";
import { table } from "../../terminal/table.js";
import { clean, cleanLine } from "../../text/clean.js";
import { formatDay } from "../../text/instant.js";
import { readBundleStrictly } from "../../workspace/posts.js";
import { readState } from "../../workspace/state.js";
import { findPost } from "./choose.js";

export async function run(context: Context, input: { post: string }): Promise<void> {
  const bundle = await findPost(context, input.post);
  const { post, body } = await readBundleStrictly(bundle);
  const { submission } = await readState(bundle.state);
  const messages = context.messages.post;
  const state = submission?.state ?? "draft";
  const json = {
    post: { slug: bundle.slug, path: bundle.folder, template: post.kind, state, ...post, body },
  };
  context.output.result(json, (style) => {
    const facts = [
      messages.states[state],
      post.event_date && formatDay(post.event_date, context.language),
      post.place,
      post.category,
    ].filter(Boolean);
    const photos = post.photos.map((photo) => [`  ${cleanLine(photo.file)}`, cleanLine(photo.caption ?? "")]);
    return [
      style.strong(cleanLine(post.title)),
      style.faint(facts.map((fact) => cleanLine(fact!)).join(" · ")),
      "",
      clean(body).trim(),
      ...(photos.length > 0 ? ["", messages.photos, table(photos)] : []),
      "",
      style.faint(bundle.index),
    ].join("\n");
  });
}
