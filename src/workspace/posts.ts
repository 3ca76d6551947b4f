import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { failed, KominfoError, usage } from "../errors/errors.js";
import { syncFolder, writeAtomically } from "../files/atomic.js";
import { makeFolder } from "../files/folders.js";
import { sha256File } from "../files/hash.js";
import { readInside, realInside, refuseLinksOut } from "../files/links.js";
import { isAlive } from "../files/lock.js";
import { isInside, portableName } from "../files/names.js";
import {
  type BundleLayout,
  bundleLayout,
  indexName,
  type LookUp,
  matchPost,
  photoFolder,
  photoPath,
} from "../post/bundle.js";
import { readPost } from "../post/front-matter/read.js";
import { nextFreeSlug } from "../post/slug.js";
import type { PostPhoto, ReadPost } from "../post/types.js";
import { startState } from "./state.js";
import type { Workspace } from "./types.js";

/** A post's folder and the paths in it. */
export interface Bundle extends BundleLayout {
  /** Absolute. */
  folder: string;
  slug: string;
}

/**
 * All bundles of the workspace, newest day first, without those in which a link leads out.
 *
 * @param onRefused called with the `link-outside` of each bundle that is left out
 */
export async function listBundles(
  workspace: Workspace,
  onRefused: (error: KominfoError) => void = () => {},
): Promise<Bundle[]> {
  const bundles = await allBundles(workspace);
  const refusals = await Promise.all(bundles.map((bundle) => refusalOf(bundle)));
  for (const refusal of refusals) if (refusal) onRefused(refusal);
  return bundles.filter((_, i) => !refusals[i]);
}

/** The error of the first link in a bundle that leads out of it. */
async function refusalOf({ folder }: Bundle): Promise<KominfoError | undefined> {
  try {
    await refuseLinksOut(folder);
    return undefined;
  } catch (error) {
    if (error instanceof KominfoError) return error;
    throw error;
  }
}

async function allBundles(workspace: Workspace): Promise<Bundle[]> {
  const entries = await readdir(workspace.posts, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  const bundles = folders.map((entry) => bundleAt(path.join(workspace.posts, entry.name)));
  const hasIndex = await Promise.all(bundles.map((bundle) => isFile(bundle.index)));
  return bundles.filter((_, i) => hasIndex[i]).sort((a, b) => (a.slug < b.slug ? 1 : -1));
}

/**
 * Finds a bundle by its folder, its `index.md`, its slug, or an unambiguous part of the slug.
 * Throws `post-missing`, `post-ambiguous`, `outside-workspace`, and `link-outside` where a link in the bundle leads out
 * of it (exit 2).
 *
 * @param cwd the base of relative paths
 */
export async function findBundle(
  workspace: Workspace,
  wanted: string,
  cwd: string,
  how: LookUp = {},
): Promise<Bundle> {
  const bundle = await locateBundle(workspace, wanted, cwd, how);
  await refuseLinksOut(bundle.folder);
  return bundle;
}

async function locateBundle(workspace: Workspace, wanted: string, cwd: string, how: LookUp): Promise<Bundle> {
  const target = path.resolve(cwd, wanted);
  const folder = path.basename(target) === indexName ? path.dirname(target) : target;
  if (await isFile(path.join(folder, indexName))) {
    const [real, root] = await Promise.all([realpath(folder), realpath(workspace.root)]);
    if (!isInside(root, real)) throw usage("outside-workspace", { path: wanted });
    return bundleAt(folder);
  }
  const bundles = await allBundles(workspace);
  const match = matchPost(
    wanted,
    bundles.map((bundle) => bundle.slug),
    how,
  );
  if ("ambiguous" in match) throw usage("post-ambiguous", { wanted, slugs: match.ambiguous });
  if ("near" in match) throw usage("post-missing", { wanted, near: match.near });
  return bundles.find((bundle) => bundle.slug === match.slug)!;
}

function bundleAt(folder: string): Bundle {
  return { folder, slug: path.basename(folder), ...bundleLayout(folder) };
}

export async function readBundle(bundle: Bundle): Promise<ReadPost> {
  return readPost(await readIndex(bundle));
}

/** Reads index.md. Throws `link-outside` (exit 2). */
export async function readIndex({ folder, index }: Bundle): Promise<Buffer> {
  return readInside(folder, index);
}

/** Reads the post, or throws `post-invalid` (exit 2) with every problem and its line. */
export async function readBundleStrictly(
  bundle: Bundle,
): Promise<ReadPost & Required<Pick<ReadPost, "post">>> {
  const read = await readBundle(bundle);
  if (!read.post) throw usage("post-invalid", { path: bundle.index, problems: read.problems });
  return { ...read, post: read.post };
}

/** A photo outside the bundle, with its description. */
export interface GivenPhoto extends Omit<PostPhoto, "file"> {
  /** Absolute. */
  path: string;
}

/**
 * Makes a bundle with copies of these photos.
 *
 * @param render returns the text of index.md for the copied photos
 * @param draft UUID of the new draft, see `PostState.draft`
 */
export async function createBundle(
  workspace: Workspace,
  slug: string,
  photos: readonly GivenPhoto[],
  render: (photos: PostPhoto[]) => string,
  draft?: string,
): Promise<Bundle> {
  return buildBundle(workspace, slug, async (bundle) => {
    await writeAtomically(bundle.index, render(await copyPhotos(bundle, photos, [])));
    if (draft !== undefined) await startState(bundle.state, draft);
  });
}

/**
 * Makes a new bundle in one step: builds it in a temporary folder and renames that, so that a killed process leaves no
 * partial post. Overwrites nothing: a slug that is taken gets `-2`, `-3` …
 *
 * @param fill writes the content into the temporary bundle
 */
export async function buildBundle(
  workspace: Workspace,
  slug: string,
  fill: (building: Bundle) => Promise<void>,
): Promise<Bundle> {
  await realInside(workspace.root, workspace.posts);
  await makeFolder(workspace.posts);
  await removeAbandoned(workspace.posts);
  const building = path.join(workspace.posts, `.baru-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    await makeFolder(path.join(building, photoFolder));
    await fill(bundleAt(building));
    for (;;) {
      const taken = new Set(await readdir(workspace.posts));
      const folder = path.join(workspace.posts, nextFreeSlug(slug, taken));
      if (await renameToNew(building, folder)) {
        await syncFolder(workspace.posts);
        return bundleAt(folder);
      }
    }
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** Returns false where `to` exists: no system lets `rename` replace a folder that has content. */
async function renameToNew(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (["ENOTEMPTY", "EEXIST"].includes(code)) return false;
    if (code === "EPERM" && (await isFile(path.join(to, indexName)))) return false;
    throw error;
  }
}

/** Removes the temporary bundles of dead processes. */
async function removeAbandoned(posts: string): Promise<void> {
  for (const name of await readdir(posts)) {
    const pid = /^\.baru-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(path.join(posts, name), { recursive: true, force: true });
  }
}

/**
 * Copies photos into the bundle's `foto/` and returns those that were not listed before. Equal files are copied once. A
 * name that another photo has gets `-2`, `-3` …
 *
 * @param present the photos that index.md lists already
 */
export async function copyPhotos(
  bundle: Bundle,
  photos: readonly GivenPhoto[],
  present: readonly PostPhoto[],
): Promise<PostPhoto[]> {
  const folder = await realInside(bundle.folder, bundle.photos);
  await makeFolder(folder);
  const names = new Map<string, string>();
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    // A folder or a broken link also occupies its name.
    names.set(fold(name), (await isFile(file)) ? await sha256File(file) : "");
  }
  const listed = new Set(present.map((photo) => fold(path.posix.basename(photo.file))));
  const copied: PostPhoto[] = [];
  for (const { path: source, ...description } of photos) {
    const sha256 = await sha256File(source);
    const name = await copyPhoto(folder, source, sha256, names);
    if (listed.has(fold(name))) continue;
    listed.add(fold(name));
    copied.push({ ...description, file: photoPath(name) });
  }
  return copied;
}

/** @param names the hash of each file in `folder`, by folded name; receives the new name */
async function copyPhoto(
  folder: string,
  source: string,
  sha256: string,
  names: Map<string, string>,
): Promise<string> {
  const wanted = portableName(path.basename(source), "foto");
  const { name: stem, ext } = path.parse(wanted);
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${stem}-${n}${ext}`;
    const existing = names.get(fold(name));
    if (existing === sha256) return name;
    if (existing !== undefined) continue;
    const building = path.join(folder, `.${name}.${randomBytes(6).toString("hex")}.tmp`);
    try {
      await copyFile(source, building, constants.COPYFILE_FICLONE);
      if ((await sha256File(building)) !== sha256) throw failed("photo-changed", { path: source });
      await rename(building, path.join(folder, name));
    } finally {
      await rm(building, { force: true });
    }
    names.set(fold(name), sha256);
    return name;
  }
}

/** Folds a file name as Windows and macOS compare it. */
export function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

export async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
