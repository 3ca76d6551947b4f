import path from "node:path";
import { cleanLine } from "../text/clean.js";
import { nearest } from "../text/nearest.js";

export const indexName = "index.md";
export const photoFolder = "foto";

/** Paths of the parts of a bundle, all inside its folder. */
export interface BundleLayout {
  /** `index.md`, which the operator edits. */
  index: string;
  /** `foto/`: the originals, which kominfo never changes. */
  photos: string;
  /** `.kominfo/`, for kominfo's own files. */
  machine: string;
  /** `.kominfo/state.json` */
  state: string;
  /** `.kominfo/renditions/` */
  renditions: string;
}

/** @param system `path.win32` in tests of Windows rules */
export function bundleLayout(folder: string, system: Pick<typeof path, "join"> = path): BundleLayout {
  const machine = system.join(folder, ".kominfo");
  return {
    index: system.join(folder, indexName),
    photos: system.join(folder, photoFolder),
    machine,
    state: system.join(machine, "state.json"),
    renditions: system.join(machine, "renditions"),
  };
}

/** The path of a photo in the bundle, as `berkas:` holds it: with POSIX slashes on every system. */
export function photoPath(name: string): string {
  return `${photoFolder}/${name}`;
}

/**
 * Whether `file` (as `berkas:` holds it) stays inside the bundle and outside `.kominfo/` on every system:
 * relative, no drive, no `..`.
 */
export function isPhotoPath(file: string): boolean {
  if (/[\u0000-\u001f]/.test(file) || /^[a-z]:/i.test(file)) return false;
  const parts = file.split(/[/\\]/);
  return parts[0] !== ".kominfo" && parts.every((part) => part !== "" && part !== "." && part !== "..");
}

/** One post, several that match (`ambiguous`), or none (`near`: the most similar slugs). */
type PostMatch = { slug: string } | { ambiguous: string[] } | { near: string[] };

/** How a post is looked for. */
export interface LookUp {
  /** A whole name, with its day, is no part of another one: for what cannot be taken back. */
  whole?: boolean;
}

/** Finds a post by its slug or an unambiguous part of it. Ignores case. */
export function matchPost(
  wanted: string,
  slugs: readonly string[],
  { whole = false }: LookUp = {},
): PostMatch {
  const exact = slugs.find((slug) => slug === wanted);
  if (exact !== undefined) return { slug: exact };
  const part = cleanLine(wanted).toLowerCase().replace(/\s+/g, "-");
  const containing = part === "" ? [] : slugs.filter((slug) => slug.toLowerCase().includes(part));
  const isWhole = whole && /^\d{4}-\d{2}-\d{2}-./.test(part);
  const matching = isWhole ? containing.filter((slug) => slug.toLowerCase() === part) : containing;
  const [first] = matching;
  if (first !== undefined) return matching.length === 1 ? { slug: first } : { ambiguous: matching };
  const withoutDate = new Map(slugs.map((slug) => [slug.replace(/^\d{4}-\d{2}-\d{2}-/, ""), slug]));
  const near = nearest(part, slugs) ?? withoutDate.get(nearest(part, [...withoutDate.keys()]) ?? "");
  const longWords = part.split("-").filter((word) => word.length > 3 && /\D/.test(word));
  const similar = slugs.filter((slug) => longWords.some((word) => slug.includes(word)));
  const nearby = containing.length > 0 ? containing : [...(near ? [near] : []), ...similar];
  return { near: [...new Set(nearby)].slice(0, 5) };
}
