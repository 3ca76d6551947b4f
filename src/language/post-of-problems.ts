import path from "node:path";
import type { Diagnostic } from "../errors/diagnostics.js";

/** What `post photos` asks for and a submission needs: the texts of a photo, and whose consent there is. */
const textKey = /^foto\.\d+\.(takarir|alt|kredit|izin\..+)$/;

/**
 * The post whose photos lack texts that `post photos` asks for, among the problems of its index.md; undefined where none lacks any.
 *
 * @param index path of its index.md
 */
export function postOfMissingTexts(index: string, problems: readonly Diagnostic[]): string | undefined {
  const isLacking = problems.some(({ code, key }) => code === "required" && textKey.test(key ?? ""));
  return isLacking ? postOf(index) : undefined;
}

/** The post whose index.md still holds both forms of something, between which `post pull` lets a person choose; undefined where it holds none. */
export function postOfOpenChoices(index: string, problems: readonly Diagnostic[]): string | undefined {
  const isOpen = problems.some(({ code }) => code === "conflict-left");
  return isOpen ? postOf(index) : undefined;
}

function postOf(index: string): string {
  return path.basename(path.dirname(path.resolve(index)));
}
