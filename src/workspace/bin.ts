import { mkdir, readdir, rename } from "node:fs/promises";
import path from "node:path";
import { usage } from "../errors/errors.js";
import { realInside } from "../files/links.js";
import { bundleLayout, matchPost } from "../post/bundle.js";
import { nextFreeSlug } from "../post/slug.js";
import { type Bundle, isFile } from "./posts.js";
import type { Workspace } from "./types.js";

/** `.kominfo/sampah/` of the workspace: posts that were deleted. Nothing empties it but a person. */
function binOf({ root }: Workspace): string {
  return path.join(root, ".kominfo", "sampah");
}

/** Moves a post into the bin of its workspace. Returns its name there. */
export async function moveToBin(workspace: Workspace, bundle: Bundle): Promise<string> {
  const bin = await realInside(workspace.root, binOf(workspace));
  await mkdir(bin, { recursive: true });
  return moveTo(bundle.folder, bin, bundle.slug);
}

/**
 * Moves a post out of the bin, by its name there or an unambiguous part of it. Returns its slug, which is another one where a post took
 * its own meanwhile. Throws `post-not-in-bin` and `post-ambiguous` (exit 2).
 */
export async function restoreFromBin(
  workspace: Workspace,
  wanted: string,
): Promise<{ slug: string; folder: string }> {
  const bin = await realInside(workspace.root, binOf(workspace));
  const entries = await readdir(bin, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const match = matchPost(wanted, names.sort().reverse());
  if ("ambiguous" in match) throw usage("post-ambiguous", { wanted, slugs: match.ambiguous });
  if ("near" in match) throw usage("post-not-in-bin", { wanted, near: match.near });
  await mkdir(await realInside(workspace.root, workspace.posts), { recursive: true });
  const slug = await moveTo(path.join(bin, match.slug), workspace.posts, match.slug);
  return { slug, folder: path.join(workspace.posts, slug) };
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
