import { existsSync } from "node:fs";
import path from "node:path";
import type { Context } from "../../../context.js";
import { type ExitCode, usage } from "../../../errors/errors.js";
import { limitRate } from "../../../http/rate.js";
import { byteRate, oneOf, wholeNumber } from "../../../terminal/prompts/ask.js";
import { typedPath } from "../../../terminal/prompts/path.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { newsroomOrigin } from "../../../workspace/workspace.js";
import { choiceName, knownPosts } from "../../post/choose.js";
import { isOver } from "../../post/standing.js";
import { askPhotoPaths } from "../ask-paths.js";
import { commandOf, gatherAsking } from "../gather.js";
import { type BatchOptions, checkPhotoLimit, openTarget, runBatch } from "./batch.js";
import type { UploadInput } from "./input.js";
import { gatherArguments, withCaptions } from "./sources.js";
import { report, withUnopened } from "./upload-report.js";

export async function run(context: Context, input: UploadInput): Promise<ExitCode> {
  const options = batchOptions(input);
  const target = await openTarget(context, await untouched(() => askTarget(context, input)));
  if (input.watch !== undefined) {
    const { watch } = await import("./watch.js");
    return watch(context, target, input.watch, input, options);
  }
  const paths = await pathsOf(context, input.path);
  const gathered = await gatherAsking(context, {
    gather: (recursive) => gatherArguments(context, paths, { recursive, captions: input.captions }),
    recursive: input.recursive,
    command: commandOf("kominfo", "photo", "upload", ...paths, ...targetWords(input)),
    // A list on stdin is read once.
    yes: input.yes || paths.includes("-"),
    used: input.captions === undefined ? [] : [path.resolve(context.cwd, input.captions)],
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

/** The paths of the command line, else a person's. Throws `missing-argument` (exit 2) where nobody can be asked. */
async function pathsOf(context: Context, given: readonly string[]): Promise<readonly string[]> {
  if (given.length > 0) return given;
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-argument", { name: "path", command: "kominfo photo upload" });
  const { missing, diagnostics } = context.messages;
  const question = { message: missing.photos, empty: diagnostics.required() };
  return untouched(() => askPhotoPaths(context, prompter, question));
}

/** Asks a person what the photos are for, where no flag says it. */
async function askTarget(context: Context, input: UploadInput): Promise<Pick<UploadInput, "event" | "post">> {
  const isNamed = input.event !== undefined || input.post !== undefined;
  const prompter = isNamed ? undefined : await context.prompter();
  if (!prompter) return input;
  const { missing, diagnostics } = context.messages;
  // What the newsroom is done with takes no photos.
  const posts = (await knownPosts(context)).filter((post) => !isOver(post));
  const chosen = await prompter.select({
    message: missing.forWhat,
    choices: [
      { name: missing.album, value: "" },
      ...posts.map((post) => ({
        name: choiceName(context, post),
        value: post.bundle.folder,
        description: post.slug,
      })),
    ],
  });
  if (chosen !== "") return { post: chosen };
  const event = await prompter.text({
    message: missing.eventName,
    validate: (typed) =>
      typed.trim() === "" ? diagnostics.required() : isPath(context, typed) ? missing.eventIsPath : "",
  });
  return { event };
}

/** Whether the name of an event is a folder or file, as one drags it onto the terminal. */
function isPath({ cwd, host }: Context, name: string): boolean {
  if (/^\s*["']?(?:[~.]{0,2}\/|file:\/\/|[a-z]:\\|\\\\)/i.test(name)) return true;
  const exists = (candidate: string) => existsSync(path.resolve(cwd, candidate));
  return /[/\\]/.test(name) && exists(typedPath(name, host, exists));
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
