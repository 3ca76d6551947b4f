import type { Post, PostPhoto } from "./types.js";

/** What to change: null removes the key; what is absent stays as it is. */
export type PostChanges = { [K in keyof Post]?: Post[K] | null } & { body?: string };

/** The new text of `index.md`; BOM, line ends, comments, order and all that is not named stay. */
export function editPost(_source: Uint8Array | string, _changes: PostChanges): string {
  throw new Error("follows");
}
/** Appends to `foto:`. */
export function addPhotos(_source: Uint8Array | string, _photos: readonly PostPhoto[]): string {
  throw new Error("follows");
}
