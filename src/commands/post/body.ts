import { readFile } from "node:fs/promises";
import type { Context } from "../../context.js";
import { writeAtomically } from "../../files/atomic.js";
import { editPost } from "../../post/edit.js";
import type { Prompter } from "../../terminal/prompter.js";
import { type Bundle, readBundle } from "../../workspace/posts.js";

/** Opens only the body in the person's editor: the front matter cannot be broken there. */
export async function editBody(context: Context, prompter: Prompter, bundle: Bundle): Promise<void> {
  const { body } = await readBundle(bundle);
  const edited = await prompter.edit({ message: context.messages.post.body, text: body, postfix: ".md" });
  if (edited.trimEnd() === body.trimEnd()) return;
  // The file is read again: it may have been saved elsewhere while the editor was open.
  await writeAtomically(bundle.index, editPost(await readFile(bundle.index), { body: edited }));
}
