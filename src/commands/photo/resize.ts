import path from "node:path";
import type { Context } from "../../context.js";
import { type ExitCode, exit } from "../../errors.js";
import { explain } from "../../language/explain.js";
import { findPresets } from "../../photo/presets.js";
import { planResize, type ResizeRequest, resizePhotos } from "../../photo/resize.js";
import { expandSources } from "../../photo/sources.js";
import { wholeNumber } from "../../terminal/ask.js";
import { cleanLine } from "../../terminal/clean.js";
import { createProgress } from "../../terminal/progress.js";

interface Input {
  path: string[];
  preset?: string;
  out?: string;
  jobs?: string;
  dryRun?: boolean;
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const presets = findPresets(input.preset ?? "web");
  const jobs = input.jobs === undefined ? undefined : wholeNumber("--jobs", input.jobs, 1);
  const folder = path.resolve(context.cwd, input.out ?? "hasil");
  const files = await expandSources(input.path, context.cwd, context.host.platform === "win32");
  const request: ResizeRequest = { files, presets, folder, naming: "stem" };
  if (input.dryRun) return dryRun(context, request);

  const words = context.messages.photo;
  const progress = createProgress(context.output);
  const outcome = await resizePhotos(await context.images(), request, {
    jobs,
    signal: context.host.signal,
    onProgress: ({ done, total }) => progress.update(words.preparing, done, total),
  }).finally(progress.clear);

  const failed = outcome.failed.map(({ source, error }) => ({ source, code: error.code, error }));
  const skipped = outcome.renditions.filter((one) => one.skipped).length;
  const written = outcome.renditions.length - skipped;
  const json = {
    renditions: outcome.renditions.map(({ source_sha256: _, ...rendition }) => rendition),
    failed: failed.map(({ error, ...one }) => ({
      ...one,
      message: explain(error, context.messages).message,
    })),
    summary: { sources: files.length, written, skipped, failed: failed.length },
  };
  for (const { error } of failed) {
    const { message, hints } = explain(error, context.messages);
    context.output.warn(cleanLine(message));
    for (const hint of hints) context.output.note(`    ${hint}`);
  }
  context.output.result(json, (style) => {
    const mark = failed.length > 0 ? style.warning("!") : style.good("✓");
    return `${mark} ${words.made({ written, skipped, failed: failed.length, folder })}`;
  });
  return failed.length > 0 ? exit.partial : exit.done;
}

async function dryRun(context: Context, request: ResizeRequest): Promise<ExitCode> {
  const { plan, failed } = await planResize(await context.images(), request);
  const targets = plan.actions.flatMap((action) =>
    action.targets.map((target) => ({
      source: action.source.path,
      preset: target.preset.name,
      path: target.path,
    })),
  );
  const { folder } = request;
  const json = {
    would_write: targets,
    failed: failed.map(({ source, error }) => ({ source, code: error.code })),
    summary: { sources: request.files.length, would_write: targets.length, current: plan.current.length },
  };
  context.output.result(json, (style) =>
    [
      ...targets.map(
        (target) =>
          `  ${cleanLine(path.basename(target.source))} → ${style.strong(cleanLine(path.basename(target.path)))}`,
      ),
      context.messages.photo.wouldMake({ files: targets.length, photos: plan.actions.length, folder }),
    ].join("\n"),
  );
  return failed.length > 0 ? exit.partial : exit.done;
}
