import type { Context } from "../../context.js";
import { editPost } from "../../post/front-matter/edit.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { changePost } from "../../workspace/change.js";
import { type Bundle, readBundle } from "../../workspace/posts.js";

/** Opens only the body in the person's editor, so that the front matter cannot be damaged. Returns whether it was changed. */
export async function editBody(context: Context, prompter: Prompter, bundle: Bundle): Promise<boolean> {
  const { body } = await readBundle(bundle);
  const edited = await prompter.edit({ message: context.messages.post.body, text: body, postfix: ".md" });
  if (edited === undefined) {
    context.output.warn(context.messages.post.openYourself({ path: bundle.index }));
    return false;
  }
  if (edited.trimEnd() === body.trimEnd()) return false;
  await changePost(bundle, (source) => editPost(source, { body: edited }));
  return true;
}
