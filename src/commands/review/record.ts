import type { Context } from "../../context.js";
import { readPublishedLink, recordPublication } from "../newsroom/publication.js";
import { openNewsroom, type SubmissionFlags } from "./step.js";

/** Records where an approved submission is already published. */
export async function run(
  context: Context,
  input: SubmissionFlags & { link: string; channel?: string },
): Promise<void> {
  const posted = await readPublishedLink(context, input);
  await recordPublication(context, await openNewsroom(context, input.url), input.id, posted);
}
