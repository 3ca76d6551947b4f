import path from "node:path";
import type { Context } from "../../../context.js";
import type { ExitCode } from "../../../errors/errors.js";
import { findPresets } from "../../../photo/renditions/presets.js";
import { type ResizeOutcome, type ResizeRequest, resizePhotos } from "../../../photo/renditions/resize.js";
import { gatherPhotos } from "../../../photo/sources/gather.js";
import { createProgress } from "../../../terminal/progress.js";
import { wholeNumber } from "../../../terminal/prompts/ask.js";
import { commandOf, gatherAsking } from "../gather.js";
import { postMetadataOf, tellBlurredToo } from "../post-metadata.js";
import { type PhotoSettings, type RenderFlags, renderOptionsOf, workspaceIfAny } from "../render-options.js";
import { dryRun } from "./dry-run.js";
import { report } from "./resize-report.js";

interface Input extends RenderFlags {
  path: string[];
  preset?: string;
  out?: string;
  jobs?: string;
  keepDate?: boolean;
  sheet?: string;
  rehash?: boolean;
  dryRun?: boolean;
  recursive?: boolean;
}

export async function run(context: Context, input: Input): Promise<ExitCode> {
  const { host } = context;
  const workspace = await workspaceIfAny(context);
  const settings: PhotoSettings = workspace?.settings ?? {};
  const presets = findPresets(input.preset ?? "web", settings.presets);
  const jobs = input.jobs === undefined ? settings.jobs : wholeNumber("--jobs", input.jobs, 1, 64);
  const options = await renderOptionsOf(context, input, settings);
  const sheet = input.sheet === undefined ? undefined : await import("../sheet.js");
  const sheetFile = sheet?.sheetPath(context, input.sheet!);
  const windows = host.platform === "win32";
  const gathered = await gatherAsking(context, {
    gather: (recursive) => gatherPhotos(input.path, context.cwd, { windows, signal: host.signal, recursive }),
    recursive: input.recursive,
    command: commandOf("kominfo", "photo", "resize", ...input.path),
  });
  try {
    const keepDate = input.keepDate === true;
    const { blurred, ...metadata } = await postMetadataOf(context, gathered.files, workspace, keepDate);
    tellBlurredToo(context, [...blurred.copies.keys()], blurred.namesakes, {
      displayName: gathered.displayName,
      goal: "renditions",
    });
    const request: ResizeRequest = {
      files: gathered.files,
      displayName: gathered.displayName,
      presets,
      folder: path.resolve(context.cwd, input.out ?? "hasil"),
      naming: "stem",
      renderOptions: options,
      rehash: input.rehash === true,
      ...metadata,
    };
    if (input.dryRun) return await dryRun(context, request, gathered);
    const outcome = await resize(context, request, jobs);
    outcome.failed.unshift(...gathered.failed);
    if (sheet && sheetFile) {
      const entries = sheet.entriesOf(gathered, outcome);
      await sheet.writeSheet(context, sheetFile, request.folder, entries, keepDate);
    }
    return report(context, request, gathered, outcome, sheetFile);
  } finally {
    await gathered.release();
  }
}

/** Renders the photos and shows progress with speed and remaining time. */
async function resize(context: Context, request: ResizeRequest, jobs?: number): Promise<ResizeOutcome> {
  const { language, output, host } = context;
  const messages = context.messages.photo;
  const progress = createProgress(output);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const pace = (perSecond: number) => messages.pace({ perSecond: number.format(perSecond) });
  return resizePhotos(await context.images(), request, {
    ...(jobs && { jobs }),
    signal: host.signal,
    onRead: (done, total) => progress.update({ label: messages.reading, done, total }),
    onProgress: ({ done, failed, total }) =>
      progress.update({
        label: messages.preparing,
        ...{ done, total, pace },
        failures: { count: failed, text: messages.failedSoFar({ count: failed }) },
      }),
  }).finally(progress.clear);
}
