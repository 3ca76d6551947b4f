import path from "node:path";
import { looseNameKey } from "../../text/same-name.js";
import { formatOf, isPhotoFormat } from "./format.js";

/** What lies among the photos and was not taken; the person has to be told. */
export interface PassedOver {
  /** Subfolders that were not looked into. */
  folders: string[];
  /** Subfolders that could not be looked into. */
  unreadable: string[];
  /** Other files than photos, by kind. */
  files: PassedKind[];
}

export interface PassedKind {
  /**
   * The ending in capitals ("BMP", "PDF"); `unfinished` for a download that was not finished, `misnamed` for a photo whose name has
   * another ending, `blurred` for an original beside its blurred version, `other` for a file without ending.
   */
  kind: string;
  /** Whether such a file is a picture, which could be saved as JPEG. */
  isPicture: boolean;
  /** As they lie on the disk or in the archive. */
  paths: string[];
}

export const nothingPassed = (): PassedOver => ({ folders: [], unreadable: [], files: [] });

/** Whether anything was passed over. */
export function isPassed({ folders, unreadable, files }: PassedOver): boolean {
  return folders.length + unreadable.length + files.length > 0;
}

/** What systems leave everywhere, and no person has put there. */
const systemFile = /^(thumbs\.db|desktop\.ini|\.|\._|index\.md$)/i;
const systemFolder = /^(\.|__MACOSX$|@eaDir$|#recycle$|\$RECYCLE\.BIN$|System Volume Information$)/i;
const unfinished = /\.(part|partial|crdownload|download|opdownload|tmp|filepart|icloud)$/i;
/** Lists and texts beside photos, which are read or belong to another program, and the endings of those that belong to one photo. */
const captionText = /\.(txt|ya?ml)$/i;
const captionList = /^(takarir|captions)\.csv$/i;
const companion = /\.(txt|ya?ml|xmp|aae|thm)$/i;
/** Pictures that no decoder here reads. */
const picture =
  /\.(bmp|dib|jxl|jp2|j2k|jpf|psd|psb|exr|ico|svgz?|eps|ai|tga|pcx|dng|cr[23w]|nef|nrw|arw|sr[2fw]|raf|orf|rw[2l]|pef|x3f|3fr|mrw|raw|iiq)$/i;
/** More names than this are not opened to see what they are. */
const maxOpened = 200;

export function isSystemFolder(name: string): boolean {
  return systemFolder.test(name);
}

/** Whether a file may hold captions: a list, or the text of one photo. */
export function isCaptions(file: string): boolean {
  return captionList.test(path.basename(file)) || captionText.test(file);
}

/**
 * Whether a file has to be told of: it is not a system's, nor captions of photos beside it.
 *
 * @param photos stems (`stemOf`) of the photos that were taken
 */
export function isTold(file: string, photos: ReadonlySet<string>): boolean {
  const name = path.basename(file);
  if (systemFile.test(name)) return false;
  if (captionList.test(name)) {
    const folder = looseNameKey(path.dirname(file));
    return ![...photos].some((photo) => path.dirname(photo) === folder);
  }
  return !(companion.test(name) && photos.has(stemOf(file)));
}

/**
 * A path without ending, or two: `IMG_1.jpg.txt` belongs to `IMG_1.jpg`. As captions find their photo: another letter case, another
 * composition of "é" and another kind of space make no difference.
 */
export function stemOf(file: string): string {
  const stem = looseNameKey(file).replace(/\.[a-z0-9]+$/, "");
  return stem.replace(/\.(jpe?g|hei[cf]|png|webp|tiff?|avif|gif)$/, "");
}

/**
 * Groups files by kind, the largest group first.
 *
 * @param isOnDisk whether the first bytes of files with an unknown ending can be looked at
 */
export async function kindsOf(files: readonly string[], isOnDisk: boolean): Promise<PassedKind[]> {
  const kinds = new Map<string, PassedKind>();
  let opened = 0;
  for (const file of files) {
    const ending = /\.([a-z0-9]{1,8})$/i.exec(path.basename(file))?.[1]?.toUpperCase();
    let kind = unfinished.test(file) ? "unfinished" : (ending ?? "other");
    if (kind !== "unfinished" && !picture.test(file) && isOnDisk && opened++ < maxOpened) {
      const format = await formatOf(file);
      if (format && isPhotoFormat(format)) kind = "misnamed";
    }
    const known = kinds.get(kind) ?? { kind, isPicture: picture.test(file), paths: [] };
    known.paths.push(file);
    kinds.set(kind, known);
  }
  return [...kinds.values()].sort((a, b) => b.paths.length - a.paths.length || (a.kind < b.kind ? -1 : 1));
}

/** What was passed over without files that are used otherwise, such as a list of captions that was named. */
export function withoutUsed(passed: PassedOver, used: readonly string[]): PassedOver {
  const files = passed.files.map((kind) => ({
    ...kind,
    paths: kind.paths.filter((file) => !used.includes(file)),
  }));
  return { ...passed, files: files.filter(({ paths }) => paths.length > 0) };
}

/** Joins what was passed over at several places. */
export function joinPassed(all: readonly PassedOver[]): PassedOver {
  const kinds = new Map<string, PassedKind>();
  for (const found of all.flatMap(({ files }) => files)) {
    const known = kinds.get(found.kind) ?? { ...found, paths: [] };
    known.paths = [...new Set([...known.paths, ...found.paths])];
    kinds.set(found.kind, known);
  }
  return {
    folders: [...new Set(all.flatMap(({ folders }) => folders))],
    unreadable: [...new Set(all.flatMap(({ unreadable }) => unreadable))],
    files: [...kinds.values()],
  };
}

/** Takes out a file that was read for another purpose, so that it is not told as passed over. */
export function withoutRead(passed: PassedOver, read: string): PassedOver {
  const files = passed.files.map((found) => ({
    ...found,
    paths: found.paths.filter((each) => each !== read),
  }));
  return { ...passed, files: files.filter(({ paths }) => paths.length > 0) };
}
