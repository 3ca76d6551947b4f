import type { Context } from "../../../context.js";
import { type ExitCode, usage } from "../../../errors/errors.js";
import { limitRate } from "../../../http/rate.js";
import { byteRate, oneOf, wholeNumber } from "../../../terminal/prompts/ask.js";
import { newsroomOrigin } from "../../../workspace/workspace.js";
import { commandOf, gatherAsking } from "../gather.js";
import { type BatchOptions, checkPhotoLimit, openTarget, runBatch } from "./batch.js";
import type { UploadInput } from "./input.js";
import { gatherArguments, withCaptions } from "./sources.js";
import { report, withUnopened } from "./upload-report.js";

export async function run(context: Context, input: UploadInput): Promise<ExitCode> {
  const options = batchOptions(input);
  const target = await openTarget(context, input);
  if (input.watch !== undefined) {
    const { watch } = await import("./watch.js");
    return watch(context, target, input.watch, input, options);
  }
  if (input.path.length === 0)
    throw usage("missing-argument", { name: "path", command: "kominfo photo upload" });
  const gathered = await gatherAsking(context, {
    gather: (recursive) => gatherArguments(context, input.path, recursive),
    recursive: input.recursive,
    command: commandOf("kominfo", "photo", "upload", ...input.path, ...targetWords(input)),
    // A list on stdin is read once.
    yes: input.yes || input.path.includes("-"),
  });
  try {
    const { sources, failed } = await withCaptions(context, gathered, input.captions);
    const unopened = [...gathered.failed, ...failed];
    checkPhotoLimit(target, sources);
    if (input.dryRun) {
      const { dryRun } = await import("./dry-run.js");
      return await dryRun(context, target, sources, unopened, gathered.passed);
    }
    const outcome = await runBatch(context, target, sources, options);
    const origin = newsroomOrigin(await context.workspace());
    return report(context, withUnopened(outcome, unopened), origin, { passed: gathered.passed });
  } finally {
    await gathered.release();
  }
}

function targetWords({ event, post }: UploadInput): string[] {
  return event !== undefined ? ["--event", event] : post !== undefined ? ["--post", post] : [];
}

/** Throws `bad-number`, `bad-rate`, `bad-choice` (exit 2). */
export function batchOptions(
  input: Pick<UploadInput, "jobs" | "limitRate" | "rehash" | "yes" | "progress">,
): BatchOptions {
  const { jobs, limitRate: rate, progress } = input;
  return {
    // The newsroom takes eight uploads of one person at once.
    jobs: jobs === undefined ? undefined : wholeNumber("--jobs", jobs, 1, 8),
    limit: rate === undefined ? undefined : limitRate(byteRate("--limit-rate", rate)),
    rehash: input.rehash,
    yes: input.yes,
    progress: progress === undefined ? undefined : oneOf("--progress", progress, ["json"] as const),
  };
}
