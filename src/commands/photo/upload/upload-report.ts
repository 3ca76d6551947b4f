import type { Context } from "../../../context.js";
import { apiPath } from "../../../contract/contract.js";
import { type ExitCode, exit, type KominfoError } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import type { Messages } from "../../../language/index.js";
import type { PhotoFailure } from "../../../photo/renditions/apply.js";
import type { PassedOver } from "../../../photo/sources/passed-over.js";
import type { Style } from "../../../terminal/style.js";
import { table } from "../../../terminal/table.js";
import { formatBytes } from "../../../text/bytes.js";
import { lastPart } from "../../../text/last-part.js";
import type { Target, UploadedPhoto, UploadOutcome, UploadStatus } from "../../../upload/types.js";
import { warnOfFailures } from "../failures.js";
import { passedJson } from "../gather.js";

const statuses: readonly UploadStatus[] = ["uploaded", "present", "failed", "waiting"];

/** The summary of `--json`. */
export function summaryOf(photos: readonly UploadedPhoto[], bytesSent: number) {
  const count = (status: UploadStatus) => photos.filter((photo) => photo.status === status).length;
  return {
    total: photos.length,
    uploaded: count("uploaded"),
    present: count("present"),
    failed: count("failed"),
    waiting: count("waiting"),
    bytes_sent: bytesSent,
  };
}

export function targetJson(target: Target) {
  return target.kind === "event"
    ? { album: { kecamatan: target.kecamatan, slug: target.slug, title: target.title } }
    : { post: { slug: target.slug } };
}

export function problemJson(error: KominfoError, { messages }: Context) {
  return { code: error.code, ...explain(error, messages), exit: error.exit };
}

/** Adds photos that could not be opened to the outcome, as failed. */
export function withUnopened(outcome: UploadOutcome, unopened: readonly PhotoFailure[]): UploadOutcome {
  const failed = unopened.map(
    ({ source, error }): UploadedPhoto => ({
      source,
      sha256: null,
      bytes: 0,
      status: "failed",
      attached: false,
      error,
    }),
  );
  return { ...outcome, photos: [...outcome.photos, ...failed] };
}

/**
 * Prints the outcome of a batch and returns its exit code.
 *
 * @param told.stopped a person has ended it: what is complete is told, but nothing is said to be done
 * @param told.passed what was passed over where the photos were gathered
 */
export function report(
  context: Context,
  outcome: UploadOutcome,
  origin: string,
  { stopped = false, passed }: { stopped?: boolean; passed?: PassedOver } = {},
): ExitCode {
  const { output, messages, language, flags } = context;
  const { photos, target, paused, bytesSent } = outcome;
  const { upload } = messages;
  const failures = photos.flatMap(({ source, error }) => (error ? [{ source, error }] : []));
  warnOfFailures(context, failures);
  const repeated = photos.flatMap(({ source, sameAs }) =>
    sameAs === undefined ? [] : [{ name: lastPart(source), as: lastPart(sameAs) }],
  );
  if (repeated.length > 0) output.warn(upload.samePicture({ repeated, count: repeated.length }));
  if (paused && !flags.json) output.failure(paused, messages);
  const json = {
    ...targetJson(target),
    photos: photos.map(({ source, sha256, bytes, status, attached, sameAs, error }) => ({
      source,
      sha256,
      url:
        sha256 && status !== "failed" && status !== "waiting" ? `${origin}${apiPath}/photos/${sha256}` : null,
      bytes,
      status,
      attached,
      ...(sameAs !== undefined && { same_as: sameAs }),
      ...(error && { code: error.code, message: explain(error, messages).message }),
    })),
    ...(passed && { passed_over: passedJson(passed) }),
    summary: summaryOf(photos, bytesSent),
    ...(paused && { paused: problemJson(paused, context) }),
  };
  const where = upload.to(target.kind === "event" ? { event: target.title } : { post: target.slug });
  output.result(json, (style) => {
    if (photos.length === 0) return upload.nothing;
    const rows = statuses.flatMap((status) => {
      const these = photos.filter((photo) => photo.status === status);
      const size = formatBytes(
        these.reduce((sum, photo) => sum + photo.bytes, 0),
        language,
      );
      return these.length > 0
        ? [[`  ${upload.rows[status]}`, upload.photos({ count: these.length }), size]]
        : [];
    });
    const head = batchLine(style, upload, where, outcome, { stopped });
    return [head, table(rows), ...(paused ? [upload.unfinished] : [])].join("\n");
  });
  return exitOf(outcome);
}

/**
 * One line for a batch: how many of its photos are where they belong. Nothing is called complete where something paused it, such as another
 * process that holds its lock, and no photo is not all photos.
 */
export function batchLine(
  style: Style,
  upload: Messages["upload"],
  where: string,
  { photos, paused }: Pick<UploadOutcome, "photos" | "paused">,
  { stopped = false } = {},
): string {
  const total = photos.length;
  const done = photos.filter((photo) => photo.attached).length;
  if (total === 0) return `${style.warning("!")} ${upload.nothingLeft({ where })}`;
  if (done < total || paused) return `${style.warning("!")} ${upload.partly({ where, done, total })}`;
  return `${stopped ? "·" : style.good("✓")} ${upload.done({ where, total })}`;
}

/** Exit 4 takes precedence over 5 and 3, as in every command. Another error that stops a batch keeps its own code. */
export function exitOf({ photos, paused }: UploadOutcome): ExitCode {
  if (paused) return paused.exit;
  const failed = photos.flatMap((photo) => photo.error ?? []);
  if (failed.some((error) => error.exit === exit.temporary)) return exit.temporary;
  return failed.length > 0 ? exit.partial : exit.done;
}
