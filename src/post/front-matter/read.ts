import { hasErrors } from "../../files/diagnostic.js";
import { readYaml } from "../../files/yaml.js";
import type { ReadPost } from "../types.js";
import { toPost } from "./schema.js";
import { frontLine, splitSource } from "./source.js";

/**
 * Reads an `index.md`: forgiving in form (BOM, CRLF, `22/11/2026`), strict in meaning. All problems are reported at
 * once, each with its key and line; `post` is absent when one of them is an error.
 */
export function readPost(given: Uint8Array | string): ReadPost {
  const { source, problems } = splitSource(given);
  if (!source) return { body: "", problems, lines: new Map() };
  const yaml = readYaml(source.front, frontLine);
  const lines = yaml.lines.set("", source.bodyLine);
  const { body } = source;
  // After bad YAML the values are guesses: what is said about them would mislead.
  if (hasErrors(yaml.problems)) return { body, problems: yaml.problems, lines };
  const read = toPost(yaml.values, lines);
  const found = read.problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (hasErrors(found) || !read.post) return { body, problems: found, lines };
  return { post: read.post, body, problems: found, lines };
}
