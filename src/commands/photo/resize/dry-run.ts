import path from "node:path";
import type { Context } from "../../../context.js";
import { type ExitCode, exit } from "../../../errors/errors.js";
import { planResize, type ResizeRequest } from "../../../photo/renditions/resize.js";
import type { Gathered } from "../../../photo/sources/gather.js";
import { cleanLine } from "../../../text/clean.js";
import { failedJson, warnOfFailures } from "../failures.js";
import { passedJson } from "../gather.js";

/** Reports what `photo resize` would write, without writing. */
export async function dryRun(
  context: Context,
  request: ResizeRequest,
  { files, failed: unopened, videos, passed }: Gathered,
): Promise<ExitCode> {
  const messages = context.messages.photo;
  const planned = await planResize(await context.images(), request, { signal: context.host.signal });
  const failed = [...unopened, ...planned.failed];
  const { actions, current } = planned.plan;
  const targets = actions.flatMap(({ source, targets }) =>
    targets.map((target) => ({
      source: source.displayPath ?? source.path,
      preset: target.preset.name,
      path: target.path,
    })),
  );
  warnOfFailures(context, failed);
  const json = {
    would_write: targets,
    failed: failedJson(context, failed),
    passed_over: passedJson(passed),
    summary: {
      sources: files.length,
      would_write: targets.length,
      current: current.length,
      failed: failed.length,
      videos,
    },
  };
  const name = (file: string) => cleanLine(path.basename(file));
  context.output.result(json, (style) =>
    [
      ...targets.map((target) => `  ${name(target.source)} → ${style.strong(name(target.path))}`),
      messages.wouldMake({ files: targets.length, photos: actions.length, folder: request.folder }),
    ].join("\n"),
  );
  return failed.length > 0 ? exit.partial : exit.done;
}
