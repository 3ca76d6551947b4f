import path from "node:path";
import { cleanLine } from "../text/clean.js";
import { nearest } from "../text/nearest.js";

export const indexName = "index.md";
export const photoFolder = "foto";

/** Where the parts of a bundle lie; all start with `folder`. */
export interface BundleLayout {
  /** `index.md`: the operator's. */
  index: string;
  /** `foto/`: the originals, never changed. */
  photos: string;
  /** `.kominfo/`: the machine's. */
  machine: string;
  /** `.kominfo/state.json` */
  state: string;
  /** `.kominfo/renditions/` */
  renditions: string;
}

/** @param system path.win32 in tests of Windows rules */
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

/** A photo's path in the bundle as `berkas:` holds it: POSIX slashes on every system. */
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

/** One post, several that the words could mean (`ambiguous`), or none (`near`: the names most like it). */
type PostMatch = { slug: string } | { ambiguous: string[] } | { near: string[] };

/** Finds a post by its slug or an unambiguous part of it, in any case. */
export function matchPost(wanted: string, slugs: readonly string[]): PostMatch {
  const exact = slugs.find((slug) => slug === wanted);
  if (exact !== undefined) return { slug: exact };
  const part = cleanLine(wanted).toLowerCase().replace(/\s+/g, "-");
  const holding = part === "" ? [] : slugs.filter((slug) => slug.toLowerCase().includes(part));
  const [only] = holding;
  if (only !== undefined) return holding.length === 1 ? { slug: only } : { ambiguous: holding };
  const withoutDate = new Map(slugs.map((slug) => [slug.replace(/^\d{4}-\d{2}-\d{2}-/, ""), slug]));
  const near = nearest(part, slugs) ?? withoutDate.get(nearest(part, [...withoutDate.keys()]) ?? "");
  const words = part.split("-").filter((word) => word.length > 3);
  const sharing = slugs.filter((slug) => words.some((word) => slug.includes(word)));
  return { near: [...new Set([...(near ? [near] : []), ...sharing])].slice(0, 5) };
}
