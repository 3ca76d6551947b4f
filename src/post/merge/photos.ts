import { isDeepStrictEqual } from "node:util";
import type { Written } from "../front-matter/keys.js";
import type { FieldConflict } from "./conflicts.js";
import { type Group, mergeGroups, type Three } from "./groups.js";

/** Written beside `berkas` when one side removed a photo and the other changed its description. */
export const unused = {
  theirs: "(redaksi tidak memakai foto ini)",
  ours: "(Anda tidak memakai foto ini)",
} as const;

/**
 * Merges the photos of a post, as `foto:` lists them. `berkas` identifies a photo on all sides. When one side reordered
 * the photos, its order is used.
 */
export function mergePhotos(
  { base = [], ours = [], theirs = [] }: Three<Group[]>,
  conflicts: FieldConflict[],
): Group[] {
  const [before, mine, other] = [base, ours, theirs].map(byFile) as [Photos, Photos, Photos];
  const found: { file: string; path: readonly string[]; theirs: Written | undefined }[] = [];
  const merged: Photos = new Map();
  for (const file of ordered([...before.keys()], [...mine.keys()], [...other.keys()])) {
    const three = { base: before.get(file), ours: mine.get(file), theirs: other.get(file) };
    const inner: FieldConflict[] = [];
    const photo = mergePhoto(three, inner);
    if (!photo) continue;
    merged.set(file, photo);
    found.push(...inner.map((conflict) => ({ file, ...conflict })));
  }
  const lead = { base: leadOf(before), ours: leadOf(mine), theirs: leadOf(other) };
  const chosen = lead.ours === lead.base ? lead.theirs : lead.ours;
  if (chosen !== lead.theirs && lead.theirs !== lead.base) {
    const file = lead.theirs ?? [...merged.keys()][0];
    if (file && merged.has(file)) found.push({ file, path: ["utama"], theirs: "ya" });
  }
  const files = [...merged.keys()];
  conflicts.push(
    ...found.map(({ file, path, theirs: text }) => ({
      path: ["foto", String(files.indexOf(file)), ...path],
      theirs: text,
    })),
  );
  // The first photo leads without `utama`. Keep that key where the operator has written it for the first photo.
  const marked = chosen ?? [...mine].find(([file, { utama }]) => utama && file === files[0])?.[0];
  return [...merged].map(([file, photo]) => (file === marked ? { ...photo, utama: "ya" } : photo));
}

type Photos = Map<string, Group>;

/** Keeps a second photo of the same name under a key of its own, so that it is not lost. `post check` reports it. */
function byFile(photos: readonly Group[]): Photos {
  const found: Photos = new Map();
  for (const photo of photos) {
    let file = String(photo.berkas);
    while (found.has(file)) file += "\u0000";
    found.set(file, photo);
  }
  return found;
}

/** Returns undefined when the first photo leads. */
function leadOf(photos: Photos): string | undefined {
  const [first] = photos.keys();
  const lead = [...photos].find(([, photo]) => photo.utama)?.[0];
  return lead === first ? undefined : lead;
}

function mergePhoto({ base, ours, theirs }: Three<Group>, conflicts: FieldConflict[]): Group | undefined {
  if (ours && theirs) return mergeGroups({ base, ours, theirs }, ["utama"], [], conflicts);
  const remaining = without(["utama"], ours ?? theirs);
  if (!base) return remaining;
  // Revisions from before the newsroom stored these have none.
  const unstored = ["fokus", "izin", "samar"].filter((key) => !Object.hasOwn(base, key));
  const description = (photo: Group) => without(["utama", ...unstored], photo);
  if (isDeepStrictEqual(description(remaining), description(base))) return undefined;
  conflicts.push({ path: ["berkas"], theirs: ours ? unused.theirs : unused.ours });
  return remaining;
}

function without(keys: readonly string[], photo: Group = {}): Group {
  return Object.fromEntries(Object.entries(photo).filter(([key]) => !keys.includes(key)));
}

/**
 * Orders all files as the side that changed the order does. A file that only the other side has follows the same file as
 * on that side.
 */
function ordered(base: readonly string[], ours: readonly string[], theirs: readonly string[]): string[] {
  const among = (list: readonly string[], of: readonly string[]) => list.filter((file) => of.includes(file));
  const isReordered = !isDeepStrictEqual(among(ours, base), among(base, ours));
  const [leading, other] = isReordered ? [ours, theirs] : [theirs, ours];
  const files = [...leading];
  other.forEach((file, i) => {
    if (files.includes(file)) return;
    const before = i === 0 ? -1 : files.indexOf(other[i - 1]!);
    files.splice(before + 1, 0, file);
  });
  return files;
}
