import type { Diagnostic } from "../../errors/diagnostics.js";
import { error } from "../../files/diagnostic.js";
import type { Question } from "../types.js";

/** Untyped answers. The objects have no prototype, so that no key can reach one. */
export type Tree = Record<string, unknown>;

export const maxItems = 200;

/**
 * Puts each `key=value` (`kutipan.0.nama=…`) into `tree`. A repeated question that is set twice gets two items, which
 * replace the items in `tree`; any other that is set twice is refused, for one of the two would be lost.
 */
export function applySets(
  tree: Tree,
  pairs: readonly string[],
  questions: readonly Question[],
): Diagnostic[] {
  const lists = new Map<string, string[]>();
  const set = new Set<string>();
  return pairs.flatMap((pair) => {
    const [, path = "", value] = /^([^=]+)=([\s\S]*)$/.exec(pair) ?? [];
    const [first = "", ...inner] = path.trim().split(".");
    if (value === undefined || ![first, ...inner].every((segment) => /^[\w-]+$/.test(segment))) {
      return [error({}, "set-form", { given: pair.slice(0, 60) })];
    }
    const isList = inner.length === 0 && questions.some(({ key, repeat }) => repeat && key === first);
    if (!isList && set.has(path.trim())) return [error({ key: path.trim() }, "set-twice")];
    set.add(path.trim());
    if (!isList) return setAt(tree, [first, ...inner], value, path.trim());
    const list = lists.get(first) ?? [];
    list.push(value);
    lists.set(first, list);
    tree[first] = list;
    return [];
  });
}

function setAt(tree: Tree, segments: readonly string[], value: string, path: string): Diagnostic[] {
  let node: Tree | unknown[] = tree;
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    const next = segments[index + 1];
    if (Array.isArray(node) && !(/^\d{1,3}$/.test(segment) && Number(segment) < maxItems)) {
      return [error({ key: path }, "too-many", { max: maxItems })];
    }
    const slot = Array.isArray(node) ? Number(segment) : segment;
    const parent = node as Record<string | number, unknown>;
    if (isLast) parent[slot] = value;
    else {
      if (typeof parent[slot] !== "object" || parent[slot] === null) {
        parent[slot] = /^\d+$/.test(next ?? "") ? [] : Object.create(null);
      }
      node = parent[slot] as Tree | unknown[];
    }
  }
  return [];
}
