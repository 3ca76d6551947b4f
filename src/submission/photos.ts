import { readdir } from "node:fs/promises";
import path from "node:path";
import { sha256File } from "../files/hash.js";
import { portableName } from "../files/names.js";
import type { Content, PhotoReference } from "../newsroom/contract.js";
import { photoPath } from "../post/bundle.js";
import type { PostPhoto } from "../post/types.js";
import { type Bundle, fold, isFile } from "../workspace/posts.js";
import type { PostState } from "../workspace/state.js";

/** Which file of a bundle stands for each photo of its revisions. */
interface PhotoFiles {
  /** As `berkas:` writes it, for each photo of one revision in order. */
  of(content: Content): string[];
  /** Hashes at the newsroom of the files that are still to be fetched, by their name. */
  missing: Map<string, string>;
  /** What `PostState.photos` holds of the files that came from the newsroom, or will. */
  known: PostState["photos"];
}

/**
 * A photo of the newsroom is the file whose bytes were made into it, or that came from there, whatever its name; one
 * that the bundle lacks gets a name of its own, the same in each revision.
 *
 * @param listed the photos that index.md lists: of two files with the same bytes, these come first
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
    const absolute = path.join(bundle.folder, file);
    if (!(await isFile(absolute))) continue;
    const hash = await sha256File(absolute);
    byHash.set(hash, [...(byHash.get(hash) ?? []), file]);
  }
  const taken = new Set(files.map(fold));
  const given = new Map<string, string>();
  const missing = new Map<string, string>();
  const known: PostState["photos"] = {};

  const nameOf = ({ sha256, filename }: PhotoReference): string => {
    const key = `${sha256} ${filename}`;
    const name = given.get(key) ?? freeName(filename, taken);
    given.set(key, name);
    taken.add(fold(name));
    missing.set(name, sha256);
    return name;
  };
  const of = (content: Content) => {
    const used = new Set<string>();
    return content.photos.map((photo) => {
      const { sha256, source_sha256, filename } = photo;
      const here = [...(byHash.get(source_sha256 ?? "") ?? []), ...(byHash.get(sha256) ?? [])];
      const free = here.filter((file) => !used.has(file));
      const file = free.find((one) => path.posix.basename(one) === filename) ?? free[0] ?? nameOf(photo);
      used.add(file);
      if (missing.has(file) || byHash.get(sha256)?.includes(file)) {
        known[sha256] = { filename, ...(source_sha256 && { source_sha256 }) };
      }
      return file;
    });
  };
  return { of, missing, known };
}

/** What the newsroom keeps is a JPEG, unless its name says otherwise: an iPhone's original was `IMG_1.HEIC`. */
function freeName(filename: string, taken: ReadonlySet<string>): string {
  const { name, ext } = path.parse(portableName(filename, "foto"));
  const ending = /^\.(jpe?g|png|webp)$/i.test(ext) ? ext : ".jpg";
  for (let n = 1; ; n++) {
    const file = photoPath(n === 1 ? `${name}${ending}` : `${name}-${n}${ending}`);
    if (!taken.has(fold(file))) return file;
  }
}
