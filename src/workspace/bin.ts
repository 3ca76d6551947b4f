import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { usage } from "../errors/errors.js";
import { realInside } from "../files/links.js";
import { bundleLayout, matchPost } from "../post/bundle.js";
import { nextFreeSlug } from "../post/slug.js";
import { changeLock, whileUnchanged } from "./change.js";
import { type Bundle, isFile } from "./posts.js";
import { stateLock, withStateLock } from "./state.js";
import type { Workspace } from "./types.js";

/** `.kominfo/sampah/` of the workspace: posts that were deleted. Nothing empties it but a person. */
function binOf({ root }: Workspace): string {
  return path.join(root, ".kominfo", "sampah");
}

/**
 * Moves a post into the bin of its workspace, in one step, while no other process sends, pulls or changes it (`lock-held`, exit 5). Returns
 * its name there.
 *
 * @param check throws where it must not go, now that nobody changes that any more
 */
export async function moveToBin(
  workspace: Workspace,
  bundle: Bundle,
  check: () => Promise<void>,
): Promise<string> {
  const bin = await realInside(workspace.root, binOf(workspace));
  await mkdir(bin, { recursive: true });
  return withStateLock(bundle.state, async () => {
    await check();
    return whileUnchanged(bundle, async () => {
      const name = await moveTo(bundle.folder, bin, bundle.slug);
      // The locks of this process went along.
      const machine = path.join(bin, name, path.relative(bundle.folder, bundle.machine));
      for (const lock of [stateLock(bundle.state), changeLock(bundle)]) {
        await rm(path.join(machine, path.basename(lock)), { force: true });
      }
      return name;
    });
  });
}

/** The names of the posts in the bin, the newest day first. */
export async function namesInBin(workspace: Workspace): Promise<string[]> {
  const bin = await realInside(workspace.root, binOf(workspace));
  const entries = await readdir(bin, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names.sort().reverse();
}

/**
 * Moves a post out of the bin, by its name there or an unambiguous part of it. Returns its slug, which is another one where a post took
 * its own meanwhile, and the name that it had in the bin. Throws `post-not-in-bin` and `post-ambiguous` (exit 2).
 */
export async function restoreFromBin(
  workspace: Workspace,
  wanted: string,
): Promise<{ slug: string; folder: string; was: string }> {
  const bin = await realInside(workspace.root, binOf(workspace));
  const names = await namesInBin(workspace);
  const match = matchPost(wanted, names);
  if ("ambiguous" in match) throw usage("post-ambiguous", { wanted, slugs: match.ambiguous });
  if ("near" in match) throw usage("post-not-in-bin", { wanted, near: match.near, names });
  await mkdir(await realInside(workspace.root, workspace.posts), { recursive: true });
  const slug = await moveTo(path.join(bin, match.slug), workspace.posts, match.slug);
  return { slug, folder: path.join(workspace.posts, slug), was: match.slug };
}

/** Moves a folder under a name that is free there; it replaces nothing. */
async function moveTo(folder: string, parent: string, wanted: string): Promise<string> {
  for (;;) {
    const name = nextFreeSlug(wanted, new Set(await readdir(parent)));
    const target = path.join(parent, name);
    try {
      await rename(folder, target);
      return name;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      // Somebody has just taken the name; on Windows that is EPERM.
      const isTaken = ["ENOTEMPTY", "EEXIST", "EPERM"].includes(code);
      if (!isTaken || !(await isFile(bundleLayout(target).index))) throw error;
    }
  }
}
