import { isDeepStrictEqual } from "node:util";
import type { PostChanges } from "../front-matter/edit.js";
import { postKeys, writePost } from "../front-matter/keys.js";
import { readPost } from "../front-matter/read.js";
import { mergeBodies, paragraphs } from "../merge/body.js";
import { conflictLines } from "../merge/conflicts.js";
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

/** What other answers make of a post. */
export interface Revision {
  changes: PostChanges;
  /** New texts that did not get into the post, because somebody has edited what stands there, by key of index.md (`isi`: paragraphs of the body). */
  left: { key: string; text: string }[];
}

/**
 * Returns the changes to a post when its answers change. Renders the old and the new answers, and takes the fields that
 * differ, of the body the paragraphs. What somebody has edited since stays as it is.
 *
 * @param body the present body of the post
 */
export function reviseAnswers(
  template: Template,
  post: Post,
  body: string,
  answers: { before: Answers; after: Answers },
  settings: RenderSettings,
): Revision {
  const rendered = (given: Answers) => {
    const read = readPost(renderPost(template, given, settings));
    return { ...read.post!, body: read.body };
  };
  const before = rendered(answers.before);
  const after = rendered(answers.after);
  const changes: Record<string, unknown> = {};
  const left: Revision["left"] = [];
  for (const [key, field] of Object.entries(postKeys)) {
    if (isDeepStrictEqual(before[field], after[field])) continue;
    if (field === "answers" || field === "internal") {
      changes[field] = { ...without(post[field], Object.keys(before[field])), ...after[field] };
    } else if (isDeepStrictEqual(post[field], before[field])) changes[field] = after[field] ?? null;
    else if (typeof after[field] === "string" && post[field] !== after[field])
      left.push({ key, text: after[field] });
  }
  if (before.body !== after.body) {
    const merged = mergeBodies(before.body, body, after.body);
    if (hasConflict(merged))
      left.push(...addedParagraphs(before.body, after.body).map((text) => ({ key: "isi", text })));
    else if (merged !== body) changes.body = merged;
  }
  return { changes: changes as PostChanges, left };
}

function addedParagraphs(before: string, after: string): string[] {
  const known = paragraphs(before);
  return paragraphs(after).filter((paragraph) => !known.includes(paragraph));
}

function hasConflict(body: string): boolean {
  return body.split("\n").includes(conflictLines.end);
}

function without<T extends object>(group: T, keys: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(group).filter(([key]) => !keys.includes(key))) as Partial<T>;
}
