import type { Problem } from "../files/problem.js";
import type { Post } from "./types.js";

/** What the newsroom would not accept; `lines` (of `readPost`) says where. */
export function checkPost(
  _post: Post,
  _body: string,
  _mode: "draft" | "submit",
  _lines?: ReadonlyMap<string, number>,
): Problem[] {
  throw new Error("follows");
}
