import path from "node:path";
import { text as readAll } from "node:stream/consumers";
import type { Context } from "../../../context.js";
import { readNamedFile } from "../../../files/named.js";
import { type Gathered, gatherEach, gatherPhotos } from "../../../photo/sources/gather.js";
import { mergeCaptions } from "../../../upload/plan.js";
import { openSidecars } from "../../../upload/sidecars.js";
import type { UploadSource } from "../../../upload/types.js";

/** Gathers the photos of the arguments; `-` reads a list from stdin. */
export async function gatherArguments(context: Context, typed: readonly string[]): Promise<Gathered> {
  const { host, cwd } = context;
  const options = { windows: host.platform === "win32", signal: host.signal };
  if (!typed.includes("-")) return gatherPhotos(typed, cwd, options);
  const listed = splitList(await readAll(host.stdin));
  const named = typed.flatMap((argument) => (argument === "-" ? listed : [argument]));
  return gatherEach(named, cwd, options);
}

/** Splits a list with one path a line, or NUL-separated (`find -print0`) for names with any character. */
function splitList(text: string): string[] {
  const parts = text.includes("\0") ? text.split("\0") : text.split(/\r?\n/);
  return parts.filter((part) => part.trim() !== "");
}

/** Adds captions to each photo, from `--captions` and from sidecar files. */
export async function withCaptions(
  context: Context,
  { files, displayName }: Pick<Gathered, "files" | "displayName">,
  list: string | undefined,
): Promise<UploadSource[]> {
  const { output, messages } = context;
  const captions = list === undefined ? undefined : await readList(context, list);
  const sidecars = openSidecars();
  const sources: UploadSource[] = [];
  for (const file of files) {
    const displayPath = displayName(file);
    const beside = displayPath === file ? await sidecars.of(file) : {};
    sources.push({ file, displayPath, captions: mergeCaptions(captions?.of(displayPath) ?? {}, beside) });
  }
  for (const read of sidecars.lists()) output.note(messages.upload.captionsRead({ path: read }));
  const unused = captions?.unused() ?? [];
  if (list !== undefined && unused.length > 0) {
    output.warn(
      messages.upload.unusedCaptions({ path: list, names: unused.slice(0, 5), count: unused.length }),
    );
  }
  return sources;
}

async function readList(context: Context, list: string) {
  const file = path.resolve(context.cwd, list);
  const bytes = await readNamedFile(file);
  const { readCaptions } = await import("../../../upload/captions.js");
  return readCaptions(bytes, file);
}
