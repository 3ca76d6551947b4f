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
  /** Keys of front matter that both sides changed differently. `post` holds the operator's values. */
  conflicts: FieldConflict[];
}

/**
 * Merges the changes of the operator and of the newsroom since `base`: front matter by key, tags by word, photos by
 * `file`, the body by paragraph (`mergeBodies`). Nothing that only one of them has is lost.
 */
export function mergePosts({ base, ours, theirs }: Record<keyof Three<unknown>, Manuscript>): Merged {
  const conflicts: FieldConflict[] = [];
  const three = {
    base: writePost(base.post) as Group,
    ours: writePost(ours.post) as Group,
    theirs: writePost(theirs.post) as Group,
  };
  const values = mergeGroups(three, ["tag", "foto"], [], conflicts);
  const tag = mergeTags(pick<string[]>(three, "tag"));
  const foto = mergePhotos(pick<Group[]>(three, "foto"), conflicts);
  const { post, problems } = toPost({ ...values, tag, foto }, new Map());
  if (!post) throw usage("post-invalid", { path: "index.md", problems });
  return { post, body: mergeBodies(base.body, ours.body, theirs.body), conflicts };
}

/**
 * Returns the text of index.md after a merge. Unchanged parts stay byte for byte. Throws as `editPost` does.
 *
 * @param given the bytes of the present index.md
 * @param ours the manuscript in `given`
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

/** Applies the additions and removals of both sides. The order of tags has no meaning. */
function mergeTags({ base = [], ours = [], theirs = [] }: Three<string[]>): string[] {
  const kept = ours.filter((word) => theirs.includes(word) || !base.includes(word));
  return [...kept, ...theirs.filter((word) => !base.includes(word) && !kept.includes(word))];
}
