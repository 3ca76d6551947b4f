import path from "node:path";
import { exists } from "../files/atomic.js";
import { type Gathered, gatherEach } from "../photo/sources/gather.js";
import { type BatchState, needsAnswer, unanswered } from "./journal.js";
import type { UploadSource } from "./types.js";

/** The unfinished photos of a batch, ready to be read again. Call `release` at the end. */
interface UnfinishedPhotos {
  sources: UploadSource[];
  /** Number of photos left out because a person refused to send them. */
  refused: number;
  /** Number of photos left out because nobody has said whether to send them. */
  unanswered: number;
  release(): Promise<void>;
}

/**
 * Loads the unfinished photos. Unpacks photos of an archive again, unless their renditions exist.
 *
 * @param isAsked a person will be asked, so that those that nobody has agreed to are among them
 */
export async function loadUnfinished(
  state: BatchState,
  signal: AbortSignal,
  isAsked: boolean,
): Promise<UnfinishedPhotos> {
  const isOpen = (source: string) => !state.attached.has(state.made.get(source)?.sha256 ?? "");
  const isUnagreed = (source: string) => needsAnswer(state.failed.get(source));
  const open = [...state.sources].filter(([source]) => isOpen(source));
  const unfinished = open.filter(([source]) => !state.failed.has(source) || (isAsked && isUnagreed(source)));
  const left = isAsked ? [] : open.filter(([source]) => isUnagreed(source));
  const unansweredCount = left.filter(([source]) => state.failed.get(source) === unanswered).length;
  const archives = new Set<string>();
  for (const [source] of unfinished) {
    const archive = path.dirname(source);
    const isMade = await exists(state.made.get(source)?.path ?? "");
    if (!isMade && /\.zip$/i.test(archive) && !(await exists(source))) archives.add(archive);
  }
  const unpacked: Gathered | undefined =
    archives.size > 0 ? await gatherEach([...archives], "/", { signal }) : undefined;
  const fileOf = new Map(unpacked?.files.map((file) => [unpacked.displayName(file), file]));
  return {
    sources: unfinished.map(([displayPath, captions]) => ({
      displayPath,
      file: fileOf.get(displayPath) ?? displayPath,
      captions,
      ...(state.blurs.has(displayPath) && { blur: state.blurs.get(displayPath)! }),
    })),
    refused: left.length - unansweredCount,
    unanswered: unansweredCount,
    release: async () => unpacked?.release(),
  };
}
