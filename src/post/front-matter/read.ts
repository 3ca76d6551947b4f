import { hasErrors } from "../../files/diagnostic.js";
import { readYaml } from "../../files/yaml.js";
import type { ReadPost } from "../types.js";
import { toPost } from "./schema.js";
import { frontLine, splitSource } from "./source.js";
import { strayKeys } from "./stray-keys.js";

/**
 * Parses an `index.md`. Accepts variants of form (BOM, CRLF, `22/11/2026`), but only valid values. Reports all problems
 * at once, each with its key and line. `post` is absent when a problem is an error.
 */
export function readPost(given: Uint8Array | string): ReadPost {
  const { source, problems } = splitSource(given);
  if (!source) return { body: "", problems, lines: new Map() };
  const yaml = readYaml(source.front, frontLine);
  const lines = yaml.lines.set("", source.bodyLine);
  const { body } = source;
  const stray = strayKeys(body, source.bodyLine);
  if (stray) return { body, problems: [stray], lines };
  // After a YAML error the values are guesses, so problems found in them would mislead.
  if (hasErrors(yaml.problems)) return { body, problems: yaml.problems, lines };
  const read = toPost(yaml.values, lines);
  const found = [...yaml.problems, ...read.problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (hasErrors(found) || !read.post) return { body, problems: found, lines };
  return { post: read.post, body, problems: found, lines };
}
