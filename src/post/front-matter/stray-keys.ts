import { textChannels } from "../../channels/registry.js";
import type { Diagnostic } from "../../errors/diagnostics.js";
import { error } from "../../files/diagnostic.js";
import { consentKeys, photoKeys, postKeys } from "./keys.js";

const own = new Set(Object.keys(postKeys));
/** Keys that stand below another key. */
const inner = new Set([...Object.keys(photoKeys), ...Object.keys(consentKeys), ...textChannels]);
/** Keys with more keys below them. */
const groups = new Set(["internal", "isian", "teks_kanal", "foto"]);

const dashes = /^---[ \t]*$/;

/**
 * Finds front matter that a stray `---` has made a part of the body, where it would be published: above all `internal`. Prose is not meant:
 * keys are small letters, with nothing before them but what YAML has there.
 *
 * @param firstLine the line of the file on which `body` starts, after the line that closes front matter
 * @returns the error with the line of the `---` above the keys, or of the key where none is
 */
export function strayKeys(body: string, firstLine: number): Diagnostic | undefined {
  const lines = body.split("\n").map(asYaml);
  const found = (key: string, at: number) => {
    const above = lines.slice(0, at).findLastIndex((line) => line.trim() !== "");
    const isBelowDashes = above < 0 || dashes.test(lines[above]!);
    const line = firstLine + (isBelowDashes ? above : at);
    return error({ line }, "stray-keys", { name: key, at: firstLine + at });
  };
  const first = lines.findIndex((line) => line.trim() !== "");
  const key = first < 0 ? undefined : (keyOf(lines[first]!) ?? looseKey(lines, first));
  if (key !== undefined) return found(key, first);
  const group = lines.findIndex((line, i) => isGroup(line, lines[i + 1] ?? ""));
  if (group >= 0) return found(lines[group]!.split(":")[0]!.replace(/["']/g, "").trim(), group);
  const internal = lines.findIndex((line, i) => isInternal(line, lines.slice(i + 1)));
  return internal < 0 ? undefined : found("internal", internal);
}

/** The key of the format that a line begins with. */
function keyOf(line: string): string | undefined {
  const [, before = "", key = ""] = /^([ \t]*(?:-[ \t]+)?)([a-z][a-z_]*):(?:\s|$)/.exec(line) ?? [];
  if (own.has(key) || (before !== "" && inner.has(key))) return key;
  // No text begins with an indent: it is a part of a group that was cut off. Its key may be anybody's.
  return /^[ \t]/.test(before) ? key : undefined;
}

/** The line as YAML would have it, or as the person meant it: with plain spaces and colons, and nothing invisible. */
function asYaml(line: string): string {
  return line
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Zs}/gu, " ")
    .replace(/[\uff1a\ufe55\u2236\ua789]/g, ":");
}

/**
 * Whether a line writes of `internal` as a key in whatever dress: emphasised, quoted, in a list, in a comment, or as a heading with keys below.
 * With a capital, or as one item of a list, it may be prose.
 */
function isInternal(line: string, below: readonly string[]): boolean {
  const next = below.find((each) => each.trim() !== "") ?? "";
  const dress = "[*_~`\"']*";
  if (new RegExp(`^ {0,3}#{1,6} *${dress}internal${dress} *:?${dress} *#*$`, "i").test(line)) {
    return /^[\s>*_-]*[a-z][a-z_]*[*_]* *:(\s|$)/.test(next);
  }
  if (/^[\s>]*<!-+ *internal *[:.]/i.test(line)) return true;
  const key = new RegExp(`^[\\s>]*([-+*] +)?${dress}internal(\\.[a-z_]+)?${dress} *:${dress}(.*)$`).exec(
    line,
  );
  if (!key) return false;
  const [, item, inner, value = ""] = key;
  const isAlone = item === undefined || inner !== undefined;
  return isAlone || /^\s*$|^\s*[{["']/.test(value);
}

/** The first key of a block that reads as YAML as a whole, up to the next `---`: answers have keys that only a template knows. */
function looseKey(lines: readonly string[], start: number): string | undefined {
  const end = lines.findIndex((line, i) => i > start && dashes.test(line));
  const isYaml = (line: string) => /^\s*$|^[ \t]+\S|^#|^- |^[a-z]\w*:(\s|$)/.test(line);
  if (end < 0 || !lines.slice(start, end).every(isYaml)) return undefined;
  return lines
    .slice(start, end)
    .map((line) => /^[ \t]*(?:-[ \t]+)?([a-z]\w*):(?:\s|$)/.exec(line)?.[1])
    .find((key) => key !== undefined);
}

/** Whether a line opens a group of front matter anywhere in the body. Of `internal` not even one line may be there. */
function isGroup(line: string, next: string): boolean {
  // As it may be typed: "Internal :". With keys below it, it is no prose.
  if (/^(["']?)internal\1[ \t]*:[ \t]*$/i.test(line) && /^[ \t]+\S+[ \t]*:/.test(next)) return true;
  const [, key = "", value = ""] = /^([a-z_]+):[ \t]*(.*)$/.exec(line) ?? [];
  if (!groups.has(key)) return false;
  return /^[ \t]+\S+:|^[ \t]*- /.test(next) || (key === "internal" && /^[{["']|^$/.test(value));
}
