import { isDeepStrictEqual } from "node:util";
import type { FieldConflict } from "./conflicts.js";
import { type Group, mergeGroups, type Three } from "./groups.js";

/** What stands beside `berkas` where one side took a photo out and the other wrote something about it. */
const unused = { theirs: "(redaksi tidak memakai foto ini)", ours: "(Anda tidak memakai foto ini)" } as const;

/**
 * The photos of a merged post, as `foto:` lists them. One is the same on all sides by its `berkas`; where one side put
 * them in another order, that order holds.
 */
export function mergePhotos(
  { base = [], ours = [], theirs = [] }: Three<Group[]>,
  conflicts: FieldConflict[],
): Group[] {
  const [before, mine, other] = [base, ours, theirs].map(byFile) as [Photos, Photos, Photos];
  const found: { file: string; key: string; theirs: string | undefined }[] = [];
  const merged: Photos = new Map();
  for (const file of ordered([...before.keys()], [...mine.keys()], [...other.keys()])) {
    const three = { base: before.get(file), ours: mine.get(file), theirs: other.get(file) };
    const inner: FieldConflict[] = [];
    const photo = mergePhoto(three, inner);
    if (!photo) continue;
    merged.set(file, photo);
    found.push(...inner.map(({ path, theirs: text }) => ({ file, key: path[0]!, theirs: text as string })));
  }
  const lead = { base: leadOf(before), ours: leadOf(mine), theirs: leadOf(other) };
  const chosen = lead.ours === lead.base ? lead.theirs : lead.ours;
  if (chosen !== lead.theirs && lead.theirs !== lead.base) {
    const file = lead.theirs ?? [...merged.keys()][0];
    if (file && merged.has(file)) found.push({ file, key: "utama", theirs: "ya" });
  }
  const files = [...merged.keys()];
  conflicts.push(
    ...found.map(({ file, key, theirs: text }) => ({
      path: ["foto", String(files.indexOf(file)), key],
      theirs: text,
    })),
  );
  // The first leads where none is chosen; an operator may have said so of the first all the same.
  const said = chosen ?? [...mine].find(([file, { utama }]) => utama && file === files[0])?.[0];
  return [...merged].map(([file, photo]) => (file === said ? { ...photo, utama: "ya" } : photo));
}

type Photos = Map<string, Group>;

/** A second photo of the same name is another one: `post check` says so, and nothing of it is lost. */
function byFile(photos: readonly Group[]): Photos {
  const found: Photos = new Map();
  for (const photo of photos) {
    let file = String(photo.berkas);
    while (found.has(file)) file += "\u0000";
    found.set(file, photo);
  }
  return found;
}

/** undefined: the first. */
function leadOf(photos: Photos): string | undefined {
  const [first] = photos.keys();
  const lead = [...photos].find(([, photo]) => photo.utama)?.[0];
  return lead === first ? undefined : lead;
}

function mergePhoto({ base, ours, theirs }: Three<Group>, conflicts: FieldConflict[]): Group | undefined {
  if (ours && theirs) return mergeGroups({ base, ours, theirs }, ["utama"], [], conflicts);
  const left = without(["utama"], ours ?? theirs);
  if (!base) return left;
  // The newsroom knows nothing of the focus.
  const said = (one: Group) => without(["utama", "fokus"], one);
  if (isDeepStrictEqual(said(left), said(base))) return undefined;
  conflicts.push({ path: ["berkas"], theirs: ours ? unused.theirs : unused.ours });
  return left;
}

function without(keys: readonly string[], photo: Group = {}): Group {
  return Object.fromEntries(Object.entries(photo).filter(([key]) => !keys.includes(key)));
}

/** All files: in the order of the side that changed it, each that only the other has after the one before it there. */
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
