import { isDeepStrictEqual } from "node:util";
import { usage } from "../../errors/errors.js";
import { editPost } from "../front-matter/edit.js";
import { postKeys, writePost } from "../front-matter/keys.js";
import { toPost } from "../front-matter/schema.js";
import type { Post } from "../types.js";
import { mergeBodies } from "./body.js";
import type { FieldConflict } from "./conflicts.js";
import { writeConflicts } from "./conflicts.js";
import { type Group, mergeGroups, pick, type Three } from "./groups.js";
import { mergePhotos } from "./photos.js";

/** A post with its body. */
export interface Manuscript {
  post: Post;
  body: string;
}

interface Merged extends Manuscript {
  /** Keys of front matter that both sides changed in their own way: the operator's form stands in `post`. */
  conflicts: FieldConflict[];
}

/**
 * The post that holds what an operator and the newsroom each changed since `base`: front matter key by key, tags word
 * by word, photos by their `file`, the body paragraph by paragraph (`mergeBodies`). Nothing that only one of them has
 * is lost.
 */
export function mergePosts({ base, ours, theirs }: Record<keyof Three<unknown>, Manuscript>): Merged {
  const conflicts: FieldConflict[] = [];
  const three = {
    base: writePost(base.post) as Group,
    ours: writePost(ours.post) as Group,
    theirs: writePost(theirs.post) as Group,
  };
  const values = mergeGroups(three, ["tag", "foto"], [], conflicts);
  const tag = mergeWords(pick<string[]>(three, "tag"));
  const foto = mergePhotos(pick<Group[]>(three, "foto"), conflicts);
  const { post, problems } = toPost({ ...values, tag, foto }, new Map());
  if (!post) throw usage("post-invalid", { path: "index.md", problems });
  return { post, body: mergeBodies(base.body, ours.body, theirs.body), conflicts };
}

/**
 * The text of index.md after a merge; what did not change stays byte for byte. Throws as `editPost` does.
 *
 * @param ours what `given` says
 */
export function writeMerged(given: Uint8Array, ours: Manuscript, merged: Merged, name: string): string {
  const changed = Object.values(postKeys).filter(
    (field) => !isDeepStrictEqual(ours.post[field], merged.post[field]),
  );
  const text = editPost(
    given,
    {
      ...Object.fromEntries(changed.map((field) => [field, merged.post[field] ?? null])),
      ...(merged.body === ours.body ? {} : { body: merged.body }),
    },
    name,
  );
  return merged.conflicts.length > 0 ? writeConflicts(text, merged.conflicts) : text;
}

/** Words have no order that matters: what either side added or took out. */
function mergeWords({ base = [], ours = [], theirs = [] }: Three<string[]>): string[] {
  const left = ours.filter((word) => theirs.includes(word) || !base.includes(word));
  return [...left, ...theirs.filter((word) => !base.includes(word) && !left.includes(word))];
}
