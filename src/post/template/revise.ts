import { isDeepStrictEqual } from "node:util";
import type { PostChanges } from "../front-matter/edit.js";
import { postKeys, writePost } from "../front-matter/keys.js";
import { readPost } from "../front-matter/read.js";
import type { Answers, Post, Template } from "../types.js";
import { parseAnswer } from "./answers.js";
import { type RenderSettings, renderPost } from "./template.js";

/** The answers that a post holds now. Omits values that are not valid answers. */
export function presentAnswers(template: Template, post: Post, today: string): Answers {
  const front = writePost(post);
  const answers: Answers = {};
  for (const question of template.questions) {
    const { key, internal } = question;
    const stored = Object.hasOwn(postKeys, key) ? front[key] : (internal ? post.internal : post.answers)[key];
    const read = parseAnswer({ ...question, default: undefined, required: false }, stored, today);
    if ("value" in read && read.value !== undefined) answers[key] = read.value;
  }
  return answers;
}

/**
 * Returns the changes to a post when its answers change. Renders the old and the new answers, and takes the fields that
 * differ. A field that the operator has edited since stays as it is.
 *
 * @param body the present body of the post
 */
export function reviseAnswers(
  template: Template,
  post: Post,
  body: string,
  answers: { before: Answers; after: Answers },
  settings: RenderSettings,
): PostChanges {
  const rendered = (given: Answers) => {
    const read = readPost(renderPost(template, given, settings));
    return { ...read.post!, body: read.body };
  };
  const before = rendered(answers.before);
  const after = rendered(answers.after);
  const now = { ...post, body };
  const changes: Record<string, unknown> = {};
  for (const field of [...Object.values(postKeys), "body"] as const) {
    if (isDeepStrictEqual(before[field], after[field])) continue;
    if (field === "answers" || field === "internal") {
      changes[field] = { ...without(now[field], Object.keys(before[field])), ...after[field] };
    } else if (isDeepStrictEqual(now[field], before[field])) changes[field] = after[field] ?? null;
  }
  return changes as PostChanges;
}

function without<T extends object>(group: T, keys: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(group).filter(([key]) => !keys.includes(key))) as Partial<T>;
}
