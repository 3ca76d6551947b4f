import type { Context } from "../../../context.js";
import { type ExitCode, exit } from "../../../errors/errors.js";
import type { ResizeOutcome, ResizeRequest } from "../../../photo/renditions/resize.js";
import type { Gathered } from "../../../photo/sources/gather.js";
import { failedJson, warnOfFailures } from "../failures.js";
import { passedJson } from "../gather.js";
import { printNotes } from "../notes.js";

/** Prints the results and failures of `photo resize`. */
export function report(
  context: Context,
  { folder }: ResizeRequest,
  { files, videos, passed }: Gathered,
  outcome: ResizeOutcome,
  sheet: string | undefined,
): ExitCode {
  const { output } = context;
  const messages = context.messages.photo;
  const { failed, ignored } = outcome;
  const skipped = outcome.renditions.filter((rendition) => rendition.skipped).length;
  const written = outcome.renditions.length - skipped;
  warnOfFailures(context, failed);
  printNotes(context, outcome.renditions);
  if (ignored.length > 0) output.note(messages.ignored({ count: ignored.length }));
  const json = {
    renditions: outcome.renditions.map(({ source_sha256: _, ...rendition }) => rendition),
    failed: failedJson(context, failed),
    passed_over: passedJson(passed),
    summary: { sources: files.length, written, skipped, failed: failed.length, videos },
    ...(sheet && { sheet }),
  };
  output.result(json, (style) => {
    const isNone = outcome.renditions.length === 0;
    const mark = failed.length > 0 || isNone ? style.warning("!") : style.good("✓");
    const made = `${mark} ${messages.made({ written, skipped, failed: failed.length, folder })}`;
    return sheet ? `${made}\n${messages.sheetMade({ path: sheet })}` : made;
  });
  return failed.length > 0 ? exit.partial : exit.done;
}
