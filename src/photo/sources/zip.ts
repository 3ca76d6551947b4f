import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { failed, KominfoError } from "../../errors/errors.js";
import { portableName } from "../../files/names.js";
import { makeProcessFolder, removeAbandoned } from "../../files/process-folders.js";
import type { PhotoFailure } from "../renditions/apply.js";
import { isCaptions, isTold, kindsOf, nothingPassed, type PassedOver, stemOf } from "./passed-over.js";
import { photoEnding, videoEnding } from "./sources.js";
import { folderOfName, isHiddenName, nameOfEntry } from "./zip-names.js";

/** Limits of an archive. A phone's folder of an event has a few hundred photos of 3 to 8 MB. */
export interface ZipLimits {
  /** Number of files and folders. */
  entries: number;
  /** Unpacked bytes of one photo, and of all photos. */
  entryBytes: number;
  totalBytes: number;
  /** Unpacked bytes per packed byte. Photos hardly shrink, so a large entry that shrinks more is not a photo. */
  ratio: number;
}

export const zipLimits: ZipLimits = {
  entries: 2_000,
  entryBytes: 256 * 1024 * 1024,
  totalBytes: 4 * 1024 * 1024 * 1024,
  ratio: 200,
};
/** The ratio does not apply to smaller entries: a small drawing may shrink by more. */
const minBombBytes = 4 * 1024 * 1024;

/** A larger file of an archive is no captions. */
const captionsBytes = 8 * 1024 * 1024;

/** A photo, or captions of photos, unpacked from an archive. */
interface UnpackedFile {
  /** Absolute path of the unpacked bytes. */
  path: string;
  /** The path to print: the archive's path and the cleaned name in it. No file exists there. */
  displayPath: string;
}

export interface Unpacked {
  /** In the order of the archive. */
  photos: UnpackedFile[];
  /** Lists and texts, each in the folder of the photos that it lies beside in the archive. */
  captions: UnpackedFile[];
  /** Photos that could not be unpacked; the archive itself when it could not be read to its end. */
  failed: PhotoFailure[];
  videos: number;
  /** What else lies in the archive. */
  passed: PassedOver;
}

const folderName = "kominfo-zip";

/** Creates a folder for unpacked photos that only this user can open. The caller removes it. */
export async function makeUnpackFolder(): Promise<string> {
  await removeAbandoned(folderName);
  return makeProcessFolder(folderName);
}

/**
 * Unpacks the entries of a ZIP archive that are named like photos into `folder`. No name of the archive is used as a
 * path: each folder of the archive becomes a
 * numbered one, in which photos, and the captions beside them, have the cleaned last part of their name. An archive that is damaged
 * or exceeds `limits` goes to `failed`.
 * Throws the signal's reason when it is aborted; the file system's own error when nothing can be written.
 */
export async function unpackPhotos(
  archive: string,
  folder: string,
  options: { limits?: ZipLimits; signal?: AbortSignal | undefined } = {},
): Promise<Unpacked> {
  const { limits = zipLimits, signal } = options;
  const unpacked: Unpacked = { photos: [], captions: [], failed: [], videos: 0, passed: nothingPassed() };
  const others: { name: string; displayPath: string }[] = [];
  const stems = new Set<string>();
  const placeOf = placesIn(folder);
  let zip: ZipFile | undefined;
  try {
    // Names are decoded below, because the library stops at the first one that leads out of the archive.
    zip = await openPromise(archive, { decodeStrings: false, autoClose: false, lazyEntries: true });
    if (zip.entryCount > limits.entries) throw tooMuch(archive, "entries", limits.entries);
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      const name = nameOfEntry(entry);
      if (isHiddenName(name) || /[/\\]$/.test(name)) continue;
      const isPhoto = photoEnding.test(name);
      const displayPath = path.join(archive, portableName(name, "foto"));
      if (videoEnding.test(name)) unpacked.videos++;
      else if (!isPhoto) others.push({ name, displayPath });
      if (!isPhoto && !(isCaptions(name) && entry.uncompressedSize <= captionsBytes)) continue;
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) throw tooMuch(archive, "bytes", limits.totalBytes);
      try {
        checkEntry(entry, displayPath, limits);
        const file = placeOf(name, path.basename(displayPath));
        await unpackEntry(zip, entry, file, displayPath, signal);
        unpacked[isPhoto ? "photos" : "captions"].push({ path: file, displayPath });
        if (isPhoto) stems.add(stemOf(keyOf(name)));
      } catch (error) {
        if (!(error instanceof KominfoError)) throw error;
        unpacked.failed.push({ source: displayPath, error });
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (isSystemError(error) && error.path !== archive) throw error;
    const failure =
      error instanceof KominfoError
        ? error
        : isOneOfSeveral(archive, error)
          ? failed("photo-zip-parts", { path: archive })
          : failed("photo-zip-damaged", { path: archive }, error);
    unpacked.failed.push({ source: archive, error: failure });
  } finally {
    zip?.close();
  }
  const told = others.filter(({ name }) => isTold(keyOf(name), stems));
  unpacked.passed.files = await kindsOf(
    told.map(({ displayPath }) => displayPath),
    false,
  );
  return unpacked;
}

/** An entry's place among the others of its archive. */
function keyOf(name: string): string {
  return `${folderOfName(name)}/${path.posix.basename(name.replaceAll("\\", "/"))}`;
}

/** Returns where each entry is written: one folder for each of the archive, and another for what has a name twice. */
function placesIn(folder: string): (name: string, base: string) => string {
  const folders = new Map<string, number>();
  const taken = new Set<string>();
  let last = 0;
  return (name, base) => {
    const from = folderOfName(name);
    let number = folders.get(from);
    if (number === undefined || taken.has(`${number}/${base.toLowerCase()}`)) {
      number = ++last;
      if (!folders.has(from)) folders.set(from, number);
    }
    taken.add(`${number}/${base.toLowerCase()}`);
    return path.join(folder, String(number), base);
  };
}

/** Stored, and Deflate. */
const knownMethods: ReadonlySet<number> = new Set([0, 8]);
/** Compressions that zip programs write besides (PKWARE APPNOTE 6.3.10, 4.4.5). */
const methods: Readonly<Record<number, string>> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  12: "BZIP2",
  14: "LZMA",
  20: "Zstandard",
  93: "Zstandard",
  94: "MP3",
  95: "XZ",
  96: "JPEG",
  97: "WavPack",
  98: "PPMd",
  99: "AES",
};

function checkEntry(entry: Entry, displayPath: string, limits: ZipLimits): void {
  const { compressedSize, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw failed("photo-zip-locked", { path: displayPath });
  if (uncompressedSize > limits.entryBytes) {
    throw failed("photo-file-too-large", {
      path: displayPath,
      bytes: uncompressedSize,
      limit: limits.entryBytes,
    });
  }
  if (!knownMethods.has(entry.compressionMethod)) {
    const method = methods[entry.compressionMethod] ?? String(entry.compressionMethod);
    throw failed("photo-zip-method", { path: displayPath, method });
  }
  const isBomb = uncompressedSize > minBombBytes && uncompressedSize > compressedSize * limits.ratio;
  if (isBomb || !entry.canDecodeFileData()) throw failed("photo-zip-entry-damaged", { path: displayPath });
}

/** Unpacks one entry. The library refuses more bytes than the entry declares. */
async function unpackEntry(
  zip: ZipFile,
  entry: Entry,
  file: string,
  displayPath: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const target = createWriteStream(file, { flags: "wx", mode: 0o600 });
  let sum = 0;
  const summed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  };
  try {
    await pipeline(await zip.openReadStreamPromise(entry), summed, target, { ...(signal && { signal }) });
    if (sum !== entry.crc32) throw new Error("checksum");
  } catch (error) {
    target.destroy();
    signal?.throwIfAborted();
    await rm(file, { force: true });
    if (isSystemError(error)) throw error;
    throw failed("photo-zip-entry-damaged", { path: displayPath }, error);
  }
}

/** Whether its name or the library says that the archive goes on in other files (PKWARE APPNOTE 6.3.10, 8.3). */
function isOneOfSeveral(archive: string, error: unknown): boolean {
  if (/\.z\d\d$/i.test(archive)) return true;
  return error instanceof Error && /multi-disk/i.test(error.message);
}

function tooMuch(archive: string, what: "entries" | "bytes", limit: number): KominfoError {
  return failed("photo-zip-too-large", { path: archive, unit: what, limit });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
