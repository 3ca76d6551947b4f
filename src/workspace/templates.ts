import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { usage } from "../errors/errors.js";
import { realInside } from "../files/links.js";
import { parseTemplate } from "../post/template/template.js";
import type { Template } from "../post/types.js";
import { nearest } from "../text/nearest.js";

interface TemplateFile {
  name: string;
  path: string;
  /** Whether the file belongs to the workspace, not to the package. */
  own: boolean;
}

/**
 * Lists the templates of the package and of the workspace's `templates/`. When both have the same name, the workspace's
 * template wins.
 *
 * @param root of the workspace, where there is one
 */
export async function listTemplates(packageFolder: string, root?: string): Promise<TemplateFile[]> {
  const builtIn = await templatesIn(path.join(packageFolder, "templates"), false);
  const own = root ? await templatesIn(path.join(root, "templates"), true) : [];
  // A template's text becomes a post.
  for (const file of own) await realInside(root!, file.path);
  const byName = new Map([...builtIn, ...own].map((file) => [file.name, file]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function templatesIn(folder: string, own: boolean): Promise<TemplateFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => /^[a-z0-9]+(-[a-z0-9]+)*\.md$/.test(name))
    .map((name) => ({ name: name.slice(0, -3), path: path.join(folder, name), own }));
}

/** Throws `template-unknown` (exit 2) with the nearest name, or `template-invalid`. */
export async function readTemplate(name: string, packageFolder: string, root?: string): Promise<Template> {
  const files = await listTemplates(packageFolder, root);
  const file = files.find((candidate) => candidate.name === name);
  if (!file) {
    const names = files.map((candidate) => candidate.name);
    throw usage("template-unknown", { name, names, nearest: nearest(name, names) });
  }
  return parseTemplate(name, await readFile(file.path));
}
