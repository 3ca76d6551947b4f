import type { Slice } from "../store/slice.js";
import { invalidField } from "./problem.js";

/** One page of a list, in the format of the API. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** The requested part of a list. */
export interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Translates a page query into a slice. A cursor is the encoded key of the last item of the page before; the order of a
 * list is stable, so that new items do not shift it. Throws `invalid` for a malformed cursor.
 *
 * @param key pattern of the list's keys
 */
export function sliceOf({ cursor, limit }: PageQuery, key = uuid): Slice {
  if (cursor === undefined) return { after: undefined, limit: limit + 1 };
  const after = Buffer.from(cursor, "base64url").toString();
  if (!key.test(after)) throw invalidField("/cursor", "unknown");
  return { after, limit: limit + 1 };
}

/** Makes a page of the rows that a query for `sliceOf` returned. */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => string | number): Page<T> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    next_cursor: last === undefined ? null : cursorOf(String(keyOf(last))),
  };
}

/** Encodes a key as a cursor for `sliceOf`. */
export function cursorOf(key: string): string {
  return Buffer.from(key).toString("base64url");
}

/** Pattern of the keys of numbered lists. */
export const numberKey = /^\d{1,9}$/;
