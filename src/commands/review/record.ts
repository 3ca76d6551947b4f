import type { Context } from "../../context.js";
import { readPosted, recordPublication } from "../newsroom/publication.js";
import { openNewsroom, type SubmissionFlags } from "./step.js";

/** Records where an approved submission is posted already. */
export async function run(
  context: Context,
  input: SubmissionFlags & { link: string; channel?: string },
): Promise<void> {
  const posted = await readPosted(context, input);
  await recordPublication(context, await openNewsroom(context, input.url), input.id, posted);
}
