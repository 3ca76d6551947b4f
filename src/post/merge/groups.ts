import { isDeepStrictEqual } from "node:util";
import { isGroup } from "../../files/group.js";
import type { Written } from "../front-matter/keys.js";
import type { FieldConflict } from "./conflicts.js";

export type Group = { [key: string]: Written };

/** Three forms of one value: what both started from, the operator's, the newsroom's; undefined: there is none. */
export interface Three<T> {
  base: T | undefined;
  ours: T | undefined;
  theirs: T | undefined;
}

/** Key by key; `without` those that have a way of their own. */
export function mergeGroups(
  { base = {}, ours = {}, theirs = {} }: Three<Group>,
  without: readonly string[],
  path: readonly string[],
  conflicts: FieldConflict[],
): Group {
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  return Object.fromEntries(
    keys
      .filter((key) => !without.includes(key))
      .flatMap((key): [string, Written][] => {
        const value = mergeValue(pick({ base, ours, theirs }, key), [...path, key], conflicts);
        return value === undefined ? [] : [[key, value]];
      }),
  );
}

function mergeValue(
  three: Three<Written>,
  path: readonly string[],
  conflicts: FieldConflict[],
): Written | undefined {
  const { base, ours, theirs } = three;
  if (isGroup(ours) && isGroup(theirs)) {
    return mergeGroups(
      { base: isGroup(base) ? (base as Group) : {}, ours, theirs } as Three<Group>,
      [],
      path,
      conflicts,
    );
  }
  if (isDeepStrictEqual(ours, theirs) || isDeepStrictEqual(theirs, base)) return ours;
  if (isDeepStrictEqual(ours, base)) return theirs;
  conflicts.push({ path, theirs });
  return ours;
}

/** One key of all three; what an object inherits is no key. */
export function pick<T extends Written>(three: Three<Group>, key: string): Three<T> {
  const of = (group: Group | undefined) =>
    group && Object.hasOwn(group, key) ? (group[key] as T) : undefined;
  return { base: of(three.base), ours: of(three.ours), theirs: of(three.theirs) };
}
