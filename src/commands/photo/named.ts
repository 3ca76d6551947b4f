import { stat } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import { sha256File } from "../../files/hash.js";
import { readRecords } from "../../photo/renditions/records.js";
import { photoEnding } from "../../photo/sources/sources.js";
import { nameKey } from "../../text/same-name.js";
import { photoFile } from "../../workspace/photo-files.js";
import { type Bundle, isFile, listBundles, readBundle } from "../../workspace/posts.js";
import { readState } from "../../workspace/state.js";

/** A photo by its hash: as it was sent, or as its original. */
export interface Named {
  sha256: string;
  /** As its file or its post calls it; null for one that was named by its hash. */
  filename: string | null;
}

/**
 * The photos that a file, or the name of a photo in a post of this workspace, stands for: first what was made of them here and sent, then
 * the files themselves. Empty where nothing has this name. Throws `file-not-found` (exit 2) for what is named like a photo and is none.
 */
export async function photosNamed(context: Context, wanted: string): Promise<Named[]> {
  const bundles = await bundlesOf(context);
  const file = path.resolve(context.cwd, wanted);
  const isThere = photoEnding.test(wanted) && (await isFile(file));
  const files = isThere ? [file] : photoEnding.test(wanted) ? await filesNamed(bundles, wanted) : [];
  if (photoEnding.test(wanted) && files.length === 0) throw usage("file-not-found", { path: wanted });
  const named = new Map<string, Named>();
  for (const each of files) {
    const filename = path.basename(each);
    const sha256 = await sha256File(each);
    for (const made of [...(await madeOf(bundles, each, sha256)), sha256]) {
      if (!named.has(made)) named.set(made, { sha256: made, filename });
    }
  }
  return [...named.values()];
}

/** None outside a workspace: a file can be asked about from anywhere. */
async function bundlesOf(context: Context): Promise<Bundle[]> {
  const workspace = await context.workspace().catch(() => undefined);
  return workspace ? listBundles(workspace) : [];
}

/** The files of posts' photos with this name: "panen.jpg", "foto/panen.jpg" or "2026-11-24-panen/panen.jpg". */
async function filesNamed(bundles: readonly Bundle[], wanted: string): Promise<string[]> {
  const parts = wanted.replaceAll("\\", "/").split("/");
  const found: string[] = [];
  for (const bundle of bundles) {
    const { post } = await readBundle(bundle);
    for (const { file } of post?.photos ?? []) {
      const whole = [bundle.slug, ...file.split("/")];
      const isNamed =
        nameKey(whole.slice(-parts.length).join("/")) === nameKey(parts.join("/")) ||
        (parts.length === 2 && parts[0] === bundle.slug && parts[1] === whole.at(-1));
      const absolute = await photoFile(bundle, file);
      if (isNamed && (await isFile(absolute))) found.push(absolute);
    }
  }
  return found;
}

/**
 * Hashes of what was made of a file and sent, as far as this workspace knows: the renditions of its posts, and photos that came from the
 * newsroom. It still knows where a redaction has taken the original's hash from the newsroom.
 */
async function madeOf(bundles: readonly Bundle[], file: string, sha256: string): Promise<string[]> {
  const { size } = await stat(file);
  const made = new Set<string>();
  for (const bundle of bundles) {
    for (const record of await readRecords(bundle.renditions)) {
      const source = path.resolve(bundle.renditions, record.source);
      if (record.made && (await isSame(source, file, size, sha256))) made.add(record.made.sha256);
    }
    const { photos } = await readState(bundle.state).catch(() => ({ photos: {} }));
    for (const [sent, { source_sha256 }] of Object.entries(photos)) {
      if (source_sha256 === sha256) made.add(sent);
    }
  }
  return [...made];
}

/** Whether a photo of a post is this file, or has its bytes: it was copied when it was attached. */
async function isSame(source: string, file: string, size: number, sha256: string): Promise<boolean> {
  if (source === file) return true;
  const found = await stat(source).catch(() => undefined);
  return found?.isFile() === true && found.size === size && (await sha256File(source)) === sha256;
}
