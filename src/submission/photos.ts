import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Content, PhotoReference } from "../contract/contract.js";
import { sha256File } from "../files/hash.js";
import { portableName } from "../files/names.js";
import { photoPath } from "../post/bundle.js";
import type { PostPhoto } from "../post/types.js";
import { photoFile } from "../workspace/photo-files.js";
import { type Bundle, fold, isFile } from "../workspace/posts.js";
import type { PostState } from "../workspace/state.js";

/** The file of a bundle for each photo of its revisions. */
interface PhotoFiles {
  /** Returns the file of each photo of a revision, as `berkas:` writes it. */
  of(content: Content): string[];
  /** The files to fetch: hash at the newsroom by file. */
  missing: Map<string, string>;
  /** Files that come from the newsroom, for `PostState.photos`. */
  fromNewsroom: PostState["photos"];
}

/**
 * Matches the newsroom's photos to files by hash: the original of a photo, or the photo itself where it came from the
 * newsroom. The name of the file does not matter. A photo that the bundle lacks gets a free name, the same in each
 * revision.
 *
 * @param listed the photos that index.md lists; of two files with the same bytes, a listed one is preferred
 */
export async function photoFiles(bundle: Bundle, listed: readonly PostPhoto[]): Promise<PhotoFiles> {
  const byHash = new Map<string, string[]>();
  const names = await readdir(bundle.photos).catch(() => []);
  const files = [
    ...new Set([
      ...listed.map(({ file }) => file),
      ...names.filter((name) => !name.startsWith(".")).map(photoPath),
    ]),
  ];
  for (const file of files) {
    const absolute = await photoFile(bundle, file);
    if (!(await isFile(absolute))) continue;
    const hash = await sha256File(absolute);
    byHash.set(hash, [...(byHash.get(hash) ?? []), file]);
  }
  const taken = new Set(files.map(fold));
  const assigned = new Map<string, string>();
  const missing = new Map<string, string>();
  const fromNewsroom: PostState["photos"] = {};

  const nameOf = ({ sha256, filename }: PhotoReference): string => {
    const key = `${sha256} ${filename}`;
    const name = assigned.get(key) ?? freeName(filename, taken);
    assigned.set(key, name);
    taken.add(fold(name));
    missing.set(name, sha256);
    return name;
  };
  const of = (content: Content) => {
    const used = new Set<string>();
    return content.photos.map((photo) => {
      const { sha256, source_sha256, filename, blur } = photo;
      const candidates = [...(byHash.get(source_sha256 ?? "") ?? []), ...(byHash.get(sha256) ?? [])];
      const free = candidates.filter((file) => !used.has(file));
      const file =
        free.find((candidate) => path.posix.basename(candidate) === filename) ?? free[0] ?? nameOf(photo);
      used.add(file);
      if (missing.has(file) || byHash.get(sha256)?.includes(file)) {
        fromNewsroom[sha256] = {
          filename,
          ...(source_sha256 && { source_sha256 }),
          ...(blur && { blur }),
        };
      }
      return file;
    });
  };
  return { of, missing, fromNewsroom };
}

/**
 * Returns a free file name in `foto/`. It ends in `.jpg` unless `filename` ends in a web format: the newsroom stores other
 * originals (`IMG_1.HEIC`) as JPEG.
 */
function freeName(filename: string, taken: ReadonlySet<string>): string {
  const { name, ext } = path.parse(portableName(filename, "foto"));
  const ending = /^\.(jpe?g|png|webp)$/i.test(ext) ? ext : ".jpg";
  for (let n = 1; ; n++) {
    const file = photoPath(n === 1 ? `${name}${ending}` : `${name}-${n}${ending}`);
    if (!taken.has(fold(file))) return file;
  }
}
