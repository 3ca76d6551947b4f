import type { Context } from "../../../context.js";
import { type ExitCode, exit } from "../../../errors/errors.js";
import type { PhotoFailure } from "../../../photo/renditions/apply.js";
import { findPreset } from "../../../photo/renditions/presets.js";
import { planResize } from "../../../photo/renditions/resize.js";
import type { PassedOver } from "../../../photo/sources/passed-over.js";
import { formatBytes } from "../../../text/bytes.js";
import { sharedRenditions } from "../../../upload/batches.js";
import type { UploadSource } from "../../../upload/types.js";
import { failedJson, warnOfFailures } from "../failures.js";
import { passedJson } from "../gather.js";
import type { OpenTarget } from "./batch.js";
import { targetJson } from "./upload-report.js";

/** Reports what `photo upload` would send, without asking the newsroom or writing files. */
export async function dryRun(
  context: Context,
  { target, bundle }: OpenTarget,
  sources: readonly UploadSource[],
  unopened: readonly PhotoFailure[],
  passed: PassedOver,
): Promise<ExitCode> {
  const { messages, language, output, host } = context;
  const { root } = await context.workspace();
  const displayPaths = new Map(sources.map((source) => [source.file, source.displayPath]));
  const { plan, failed } = await planResize(
    await context.images(),
    {
      files: sources.map((source) => source.file),
      presets: [findPreset("web")],
      folder: bundle?.renditions ?? sharedRenditions(root),
      naming: "key",
      displayName: (file) => displayPaths.get(file) ?? file,
    },
    { signal: host.signal },
  );
  const all = [...unopened, ...failed];
  warnOfFailures(context, all);
  const bytes = plan.current.reduce((sum, { rendition }) => sum + rendition.bytes, 0);
  const make = plan.actions.length;
  const ready = plan.current.length;
  const json = {
    ...targetJson(target),
    photos: sources.map((source) => ({ source: source.displayPath, ...source.captions })),
    failed: failedJson(context, all),
    passed_over: passedJson(passed),
    summary: { total: sources.length, to_prepare: make, ready, bytes_ready: bytes, failed: all.length },
  };
  output.result(json, () =>
    messages.upload.would({
      where: messages.upload.to(target.kind === "event" ? { event: target.title } : { post: target.slug }),
      total: make + ready,
      make,
      ready,
      size: formatBytes(bytes, language),
    }),
  );
  return all.length > 0 ? exit.partial : exit.done;
}
