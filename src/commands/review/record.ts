import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import { readPublishedLink, recordPublication } from "../newsroom/publication.js";
import { recordTakenDown } from "./record-taken-down.js";
import { openNewsroom, type SubmissionFlags } from "./step.js";

interface Input extends SubmissionFlags {
  link: string;
  channel?: string;
  takenDown?: boolean;
  reason?: string;
}

/** Records where an approved submission is already published; with `--taken-down`, that a person has removed it from there. */
export async function run(context: Context, input: Input): Promise<void> {
  if (input.takenDown && input.channel !== undefined) {
    throw usage("flags-together", { flags: ["--taken-down", "--channel"] });
  }
  if (input.takenDown) return recordTakenDown(context, input);
  if (input.reason !== undefined) throw usage("missing-input", { flag: "--taken-down" });
  const posted = await readPublishedLink(context, input);
  await recordPublication(context, await openNewsroom(context, input.url), input.id, posted);
}
