import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Diagnostic } from "../errors/diagnostics.js";
import { usage } from "../errors/errors.js";
import { error, warning } from "../files/diagnostic.js";
import { realInside } from "../files/links.js";
import { decodeText, isDecoded } from "../text/decode.js";
import { findWorkspaceFile } from "./find.js";
import { readSettings } from "./settings.js";
import type { Workspace } from "./types.js";

/**
 * Opens the workspace that contains `cwd`. Throws `workspace-missing`, `workspace-folder-missing`, `workspace-invalid`, and `link-outside` for a link
 * that would have kominfo read or write outside it (exit 2). The workspace itself may be reached by a link.
 *
 * @param onWarnings called with the warnings, e.g. about an unrecognized key
 */
export async function openWorkspace(
  cwd: string,
  onWarnings: (file: string, warnings: readonly Diagnostic[]) => void = () => {},
): Promise<Workspace> {
  const file = findWorkspaceFile(cwd);
  if (!file) {
    throw existsSync(cwd)
      ? usage("workspace-missing", { known: [] })
      : usage("workspace-folder-missing", { path: cwd });
  }
  const root = path.dirname(file);
  const text = decodeText(await readFile(file));
  if (!isDecoded(text)) {
    const problem = error({ line: text.line }, "not-text", { fault: text.fault });
    throw usage("workspace-invalid", { path: file, problems: [problem] });
  }
  const { settings, problems } = readSettings(text.text, root);
  if (text.encoding === "windows-1252") {
    problems.unshift(warning({}, "not-utf8", { encoding: "ANSI / Windows-1252" }));
  }
  if (!settings) throw usage("workspace-invalid", { path: file, problems });
  if (problems.length > 0) onWarnings(file, problems);
  const { posts, ...rest } = settings;
  for (const part of [posts, ...machineFolders(root), ...(rest.watermark ? [rest.watermark.path] : [])]) {
    await realInside(root, part);
  }
  return { root, posts, settings: rest };
}

/** kominfo's own folders in a workspace: unfinished answers, the journals of uploads, shared renditions. */
function machineFolders(root: string): string[] {
  const machine = path.join(root, ".kominfo");
  return [machine, path.join(machine, "uploads"), path.join(machine, "renditions")];
}

/** The newsroom's origin. Throws `newsroom-unset` (exit 2). */
export function newsroomOrigin(workspace: Workspace): string {
  if (!workspace.settings.newsroom) throw usage("newsroom-unset", { inWorkspace: true, origins: [] });
  return workspace.settings.newsroom.origin;
}
