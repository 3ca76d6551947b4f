import type { Messages } from "../../language/index.js";
import { findTag } from "../../text/html-tag.js";

/** What is wrong with a typed text that readers would see with the tag of a website in it; "" for nothing. */
export function tagProblem({ diagnostics }: Messages, typed: string): string {
  const tag = findTag(typed);
  return tag === undefined ? "" : diagnostics["html-tag"]({ tag });
}
