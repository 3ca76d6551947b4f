import type { Context } from "../../context.js";
import { checkBundle } from "../../submission/check.js";
import { findPost } from "./choose.js";
import { labelled, unfit, warningsJson } from "./labelled.js";
import { warnOfLeftOut } from "./unfinished-work.js";

/** Exits with 0 if the newsroom would accept the post, else with 2 and every problem with its line. */
export async function run(context: Context, input: { post: string }): Promise<void> {
  const { messages, output, host } = context;
  const workspace = await context.workspace();
  const bundle = await findPost(context, input.post);
  const checked = await checkBundle(bundle, { ...workspace.settings, now: host.now() });
  const { errors, post } = checked;
  const problems = await labelled(context, post?.kind, checked.problems);
  await warnOfLeftOut(context, bundle);
  if (errors.length > 0) throw unfit(bundle, post, problems);
  const warnings = warningsJson(context, problems);
  output.result({ post: { slug: bundle.slug, path: bundle.folder }, ok: true, warnings }, (style) =>
    [
      `${style.good("✓")} ${messages.post.ready({ slug: bundle.slug })}`,
      ...(warnings.length > 0 ? [messages.post.warnings({ count: warnings.length })] : []),
      ...warnings.map((warning) => `  ${warning.message}`),
    ].join("\n"),
  );
}
