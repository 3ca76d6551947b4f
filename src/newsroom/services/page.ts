import type { Slice } from "../store/slice.js";
import { invalidField } from "./problem.js";

/** One page as the wire has it. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** What part of a list is asked for. */
export interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The slice of a page. A cursor is the key of the last item before it, which stays where it is whatever is added:
 * the order is stable. Throws `invalid` for a cursor that this newsroom has not given.
 *
 * @param key what the keys of the list look like
 */
export function sliceOf({ cursor, limit }: PageQuery, key = uuid): Slice {
  if (cursor === undefined) return { after: undefined, limit: limit + 1 };
  const after = Buffer.from(cursor, "base64url").toString();
  if (!key.test(after)) throw invalidField("/cursor", "unknown");
  return { after, limit: limit + 1 };
}

/** @param rows of `sliceOf` */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => string | number): Page<T> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    next_cursor: last === undefined ? null : cursorOf(String(keyOf(last))),
  };
}

/** What `sliceOf` reads. */
export function cursorOf(key: string): string {
  return Buffer.from(key).toString("base64url");
}

/** Keys of lists that are numbered. */
export const numberKey = /^\d{1,9}$/;
