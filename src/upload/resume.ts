import path from "node:path";
import { exists } from "../files/atomic.js";
import { type Gathered, gatherEach } from "../photo/sources/gather.js";
import type { BatchState } from "./journal.js";
import type { UploadSource } from "./types.js";

/** The photos of a batch that are not done, ready to be read again. Call `release` at the end. */
interface Leftover {
  sources: UploadSource[];
  release(): Promise<void>;
}

/** Photos that came out of an archive are taken out of it again, unless their renditions were made. */
export async function leftoverOf(state: BatchState, signal: AbortSignal): Promise<Leftover> {
  const undone = [...state.sources].filter(
    ([source]) => !state.failed.has(source) && !state.attached.has(state.made.get(source)?.sha256 ?? ""),
  );
  const archives = new Set<string>();
  for (const [source] of undone) {
    const archive = path.dirname(source);
    const isMade = await exists(state.made.get(source)?.path ?? "");
    if (!isMade && /\.zip$/i.test(archive) && !(await exists(source))) archives.add(archive);
  }
  const unpacked: Gathered | undefined =
    archives.size > 0 ? await gatherEach([...archives], "/", { signal }) : undefined;
  const fileOf = new Map(unpacked?.files.map((file) => [unpacked.shownAs(file), file]));
  return {
    sources: undone.map(([shown, words]) => ({ shown, file: fileOf.get(shown) ?? shown, words })),
    release: async () => unpacked?.release(),
  };
}
