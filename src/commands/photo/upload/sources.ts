import path from "node:path";
import { buffer as readAll } from "node:stream/consumers";
import type { Context } from "../../../context.js";
import { KominfoError, usage } from "../../../errors/errors.js";
import { readNamedFile } from "../../../files/named.js";
import { textOf } from "../../../files/text.js";
import { type PhotoFailure, withDisplayNames } from "../../../photo/renditions/apply.js";
import { type Gathered, gatherEach, gatherPhotos } from "../../../photo/sources/gather.js";
import { withoutRead } from "../../../photo/sources/passed-over.js";
import { boxesOf } from "../../../post/blur.js";
import { mergeCaptions } from "../../../upload/plan.js";
import { type FoundList, openSidecars } from "../../../upload/sidecars.js";
import type { UploadSource } from "../../../upload/types.js";
import { blurredElsewhere, photosOfPosts, tellBlurredToo } from "../post-metadata.js";

/**
 * Gathers the photos of the arguments; `-` reads a list from stdin, of which nothing is sent that it does not name.
 *
 * @param options.captions the list of `--captions`, which is read even where it lies among the photos
 */
export async function gatherArguments(
  context: Context,
  typed: readonly string[],
  { recursive = false, captions }: { recursive?: boolean; captions?: string | undefined } = {},
): Promise<Gathered> {
  const gathered = await gatherTyped(context, typed, recursive);
  if (captions === undefined) return gathered;
  return { ...gathered, passed: withoutRead(gathered.passed, path.resolve(context.cwd, captions)) };
}

async function gatherTyped(
  context: Context,
  typed: readonly string[],
  recursive: boolean,
): Promise<Gathered> {
  const { host, cwd, messages, output } = context;
  const options = { windows: host.platform === "win32", signal: host.signal, recursive };
  if (!typed.includes("-")) return gatherPhotos(typed, cwd, options);
  const { text, encoding } = textOf(await readAll(host.stdin), "stdin", { nul: true });
  if (encoding === "windows-1252") output.warn(messages.workspace.guessedText({ path: "stdin" }));
  const { readPaths } = await import("../../../upload/path-list.js");
  const listed = await readPaths(text, cwd);
  const named = typed.flatMap((argument) => (argument === "-" ? listed.paths : [argument]));
  const gathered = await gatherEach(named, cwd, options);
  return { ...gathered, failed: [...listed.failed, ...gathered.failed] };
}

/** The photos with their captions, and those whose captions cannot be read. */
interface Captioned {
  sources: UploadSource[];
  failed: PhotoFailure[];
}

/**
 * Adds captions to each photo, from `--captions` and from sidecar files. A photo whose own file of captions cannot be read fails alone.
 *
 * @param options.isPart more photos follow, so that rows without a photo are not told
 */
export async function withCaptions(
  context: Context,
  { files, displayName }: Pick<Gathered, "files" | "displayName">,
  list: string | undefined,
  { isPart = false }: { isPart?: boolean } = {},
): Promise<Captioned> {
  const { output, messages } = context;
  const captions = list === undefined ? undefined : await readList(context, list);
  const sidecars = openSidecars();
  const captioned: Captioned = { sources: [], failed: [] };
  const workspace = await context.workspace();
  const posted = await photosOfPosts(workspace, files);
  const others = files.filter((file) => !posted.has(file));
  const blurred = await blurredElsewhere(workspace, others);
  tellBlurredToo(context, [...blurred.copies.keys()], blurred.namesakes, { displayName, goal: "upload" });
  for (const file of files) {
    const displayPath = displayName(file);
    const photo = posted.get(file) ?? blurred.copies.get(file)?.photo;
    const blur = photo && boxesOf(photo);
    const fromList = captions?.of(displayPath) ?? {};
    try {
      const beside = await sidecars.of(file);
      captioned.sources.push({
        ...{ file, displayPath, captions: mergeCaptions(fromList, beside) },
        ...(blur && { blur }),
      });
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      if (error.code !== "sidecar-invalid") throw withDisplayPath(error, displayName);
      captioned.failed.push({ source: displayPath, error: withDisplayPath(error, displayName) });
    }
  }
  // Captions of an archive lie in a folder that nobody knows.
  const found = sidecars.lists().map((each) => ({ ...each, path: displayName(each.path) }));
  for (const { path: read, size } of found) {
    if (size === 0) output.warn(messages.upload.captionsEmpty({ path: read }));
    else output.note(messages.upload.captionsRead({ path: read }));
  }
  const guessed = [
    ...(captions?.encoding === "windows-1252" ? [list!] : []),
    ...sidecars.guessed().map(displayName),
  ];
  if (guessed.length > 0) {
    const path = `${guessed.slice(0, 3).join(", ")}${guessed.length > 3 ? ", …" : ""}`;
    output.warn(messages.workspace.guessedText({ path }));
  }
  const lists = [
    ...(captions ? [{ path: list!, unused: captions.unused(), repeated: captions.repeated() }] : []),
    ...found,
  ];
  if (!isPart) for (const each of lists) warnOfRows(context, each);
  return captioned;
}

/** An error that names a file of an archive by what a person knows it as. */
function withDisplayPath(error: KominfoError, displayName: (file: string) => string): KominfoError {
  const { path: file } = error.params as { path?: unknown };
  return typeof file === "string" ? withDisplayNames({ source: file, error }, displayName).error : error;
}

/** Rows told by name; a list may be of another event. */
const toldRows = 5;

function warnOfRows(
  { output, messages }: Context,
  { path, unused, repeated }: Omit<FoundList, "size">,
): void {
  if (unused.length > 0) {
    const unmatched = unused.slice(0, toldRows);
    output.warn(messages.upload.unusedCaptions({ path, unmatched, count: unused.length }));
  }
  for (const { name, lines, counts } of repeated.slice(0, toldRows)) {
    output.warn(messages.upload.repeatedCaptions({ path, name, at: lines, line: counts }));
  }
}

async function readList(context: Context, list: string) {
  const file = path.resolve(context.cwd, list);
  const bytes = await readNamedFile(file);
  const { readCaptions } = await import("../../../upload/captions.js");
  const captions = readCaptions(bytes, file);
  if (captions.size === 0) throw usage("captions-row", { path: file, line: 1, problem: "no-rows" });
  return captions;
}
