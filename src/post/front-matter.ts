import type { ReadPost } from "./types.js";

export function readPost(_source: Uint8Array | string): ReadPost {
  throw new Error("follows");
}
