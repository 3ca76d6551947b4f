import { isDeepStrictEqual } from "node:util";
import { isGroup } from "../../files/group.js";
import type { Written } from "../front-matter/keys.js";
import type { FieldConflict } from "./conflicts.js";

export type Group = { [key: string]: Written };

/** The three versions of a value: the common ancestor, the operator's and the newsroom's. undefined means absent. */
export interface Three<T> {
  base: T | undefined;
  ours: T | undefined;
  theirs: T | undefined;
}

/**
 * Merges groups key by key.
 *
 * @param without keys that the caller merges in another way
 */
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

/** Picks one key of all three versions. Inherited properties are not keys. */
export function pick<T extends Written>(three: Three<Group>, key: string): Three<T> {
  const of = (group: Group | undefined) =>
    group && Object.hasOwn(group, key) ? (group[key] as T) : undefined;
  return { base: of(three.base), ours: of(three.ours), theirs: of(three.theirs) };
}
