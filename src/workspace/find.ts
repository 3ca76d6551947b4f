import { existsSync } from "node:fs";
import path from "node:path";

export const workspaceFile = "kominfo.yaml";

/** The nearest `kominfo.yaml` from `start` upward. */
export function findWorkspaceFile(start: string): string | undefined {
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    const file = path.join(folder, workspaceFile);
    if (existsSync(file)) return file;
    if (path.dirname(folder) === folder) return undefined;
  }
}
