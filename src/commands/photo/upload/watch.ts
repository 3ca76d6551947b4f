import { stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../../../context.js";
import { type ExitCode, exit, KominfoError, usage } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import { type Gathered, gatherEach } from "../../../photo/sources/gather.js";
import { formatBytes } from "../../../text/bytes.js";
import type { UploadedPhoto, UploadOutcome } from "../../../upload/types.js";
import { watchFolder } from "../../../upload/watch.js";
import { newsroomOrigin } from "../../../workspace/workspace.js";
import { warnOfLinks } from "../../post/links.js";
import { type BatchOptions, checkPhotoLimit, type OpenTarget, runBatch } from "./batch.js";
import type { UploadInput } from "./input.js";
import { withCaptions } from "./sources.js";
import { report, withUnopened } from "./upload-report.js";

const pollMs = 2000;
/** Delay before retrying while offline. ms */
const retryMs = 30_000;

/** Sends the photos of a folder as they become complete, until Ctrl-C. A lost connection delays it; a lost login ends it. */
export async function watch(
  context: Context,
  target: OpenTarget,
  typed: string,
  input: Pick<UploadInput, "captions">,
  options: BatchOptions,
): Promise<ExitCode> {
  const { host, output, messages, cwd } = context;
  const folder = path.resolve(cwd, typed);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw usage("watch-folder-missing", { path: folder });
  }
  // A list that cannot be read is refused before anything is opened for the photos to come.
  await withCaptions(context, { files: [], displayName: (file) => file }, input.captions, { isPart: true });
  output.note(messages.upload.watching({ path: folder }));
  const origin = newsroomOrigin(await context.workspace());
  const newsroom = await context.newsroom();
  const watched = watchFolder(folder, {
    onRefused: warnOfLinks(context),
    onUnreadable: (each) => output.warn(messages.upload.watchLeftOut({ path: each })),
    onOriginal: (each) => output.warn(messages.photo.passed.blurred({ count: 1, paths: [each] })),
  });
  const photos = new Map<string, UploadedPhoto>();
  let bytesSent = 0;
  let waiting: string[] = [];
  const soFar = (paused?: KominfoError): UploadOutcome => ({
    target: target.target,
    photos: [...photos.values()],
    bytesSent,
    ...(paused && { paused }),
  });
  while (!host.signal.aborted) {
    const polled = await watched.poll().catch((error: unknown) => {
      if (error instanceof KominfoError && error.code === "file-unreadable") return error;
      throw error;
    });
    // The card was pulled out: what was sent is told all the same.
    if (polled instanceof KominfoError) {
      const gone = usage("watch-folder-missing", { path: folder });
      if (!context.flags.json) output.failure(gone, messages);
      report(context, soFar(), origin, { stopped: true });
      return gone.exit;
    }
    const files = [...new Set([...waiting, ...polled])];
    let wait = pollMs;
    if (files.length > 0) {
      const found = await unpackAll(context, files);
      const unopened = [...found.failed];
      // Unattended: ask nothing.
      const outcome = await withCaptions(context, found, input.captions, { isPart: true })
        .then(({ sources, failed }) => {
          unopened.push(...failed);
          checkPhotoLimit(target, sources);
          return runBatch(context, target, sources, { ...options, yes: true }, newsroom);
        })
        .catch((error: unknown) => {
          if (error instanceof KominfoError && error.exit === exit.cancelled) return undefined;
          throw error;
        })
        .finally(found.release);
      if (!outcome) break;
      for (const photo of withUnopened(outcome, unopened).photos) {
        tell(context, photo, photos.get(photo.source));
        photos.set(photo.source, photo);
      }
      bytesSent += outcome.bytesSent;
      waiting = outcome.photos.filter(isUndone).map(({ source }) => archiveOf(source) ?? source);
      if (outcome.paused && outcome.paused.exit !== exit.temporary) {
        return report(context, soFar(outcome.paused), origin);
      }
      if (waiting.length > 0) wait = retryMs;
    }
    await pause(wait, undefined, { signal: host.signal }).catch(() => {});
  }
  report(context, soFar(), origin, { stopped: true });
  return exit.cancelled;
}

/** Opens the archives among these files, as `photo upload` does; one that cannot be opened fails alone. Call `release` at the end. */
async function unpackAll(
  { cwd, host }: Context,
  files: readonly string[],
): Promise<Pick<Gathered, "files" | "failed" | "displayName" | "release">> {
  const archives = files.filter(isArchive);
  const plain = files.filter((file) => !isArchive(file));
  const windows = host.platform === "win32";
  const found = await gatherEach(archives, cwd, { windows, signal: host.signal });
  return { ...found, files: [...plain, ...found.files] };
}

const isArchive = (file: string) => /\.zip$/i.test(file);

/** The archive that a photo lies in, which is unpacked again for another try. */
function archiveOf(source: string): string | undefined {
  const folder = path.dirname(source);
  return isArchive(folder) ? folder : undefined;
}

/** Prints what became of a photo, unless that is known already. */
function tell(context: Context, photo: UploadedPhoto, before: UploadedPhoto | undefined): void {
  const { output, messages, language } = context;
  const { source, status, attached, bytes, error } = photo;
  const isKnown = before?.status === status && before.attached === attached && before.sha256 === photo.sha256;
  if (isKnown) return;
  const name = path.basename(source);
  if (error) output.warn(messages.upload.watchFailed({ name, reason: explain(error, messages).message }));
  else if (attached) {
    const size = formatBytes(bytes, language);
    // Without a mark: whether the whole is good is said at its end.
    output.note(messages.upload.watchSent({ name, size, status }));
  }
}

function isUndone({ status, error }: UploadedPhoto): boolean {
  return status === "waiting" || error?.exit === exit.temporary;
}
