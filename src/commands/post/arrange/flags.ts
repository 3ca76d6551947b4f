import path from "node:path";
import { usage } from "../../../errors/errors.js";
import { choiceWords } from "../../../post/front-matter/keys.js";
import { changePhoto, leadWith, movePhoto, parseFocus, removePhoto } from "../../../post/photo-changes.js";
import type { PostPhoto } from "../../../post/types.js";
import { oneOf, wholeNumber } from "../../../terminal/prompts/ask.js";
import { fold } from "../../../workspace/posts.js";

/** What the flags of `post photos` ask for. */
export interface ChangeFlags {
  photo?: string;
  caption?: string;
  alt?: string;
  credit?: string;
  moveTo?: string;
  focus?: string;
  children?: string;
  lead?: boolean;
  remove?: boolean;
}

export function hasChanges({ photo: _, ...changes }: ChangeFlags): boolean {
  const { caption, alt, credit, moveTo, focus, children, lead, remove } = changes;
  return [caption, alt, credit, moveTo, focus, children, lead, remove].some((value) => value !== undefined);
}

/**
 * The change that the flags ask for. Throws `missing-input` where the photo is not named and there are several, `photo-number`,
 * `photo-focus`, `remove-alone`, `bad-number` and `bad-choice` (exit 2).
 */
export function changesOf(
  flags: ChangeFlags,
  photos: readonly PostPhoto[],
  post: string,
): { file: string; apply: (photos: readonly PostPhoto[]) => PostPhoto[] } {
  if (flags.photo === undefined && photos.length > 1) throw usage("missing-input", { flag: "--photo" });
  const { file } = photoNamed(flags.photo ?? "1", photos, post);
  const { caption, alt, credit, moveTo, remove, lead } = flags;
  if (remove) {
    const others = { ...flags, remove: undefined };
    if (hasChanges(others as ChangeFlags)) throw usage("remove-alone");
    return { file, apply: (now) => removePhoto(now, file) };
  }
  const focus = flags.focus === undefined ? undefined : focusOf(flags.focus);
  const place = moveTo === undefined ? undefined : wholeNumber("--move-to", moveTo, 1, photos.length);
  const words = Object.keys(choiceWords.children) as (keyof typeof choiceWords.children)[];
  const children =
    flags.children === undefined
      ? undefined
      : choiceWords.children[oneOf("--children", flags.children, words)];
  const changes = {
    ...(caption !== undefined && { caption }),
    ...(alt !== undefined && { alt }),
    ...(credit !== undefined && { credit }),
    ...(focus !== undefined && { focus }),
    ...(children !== undefined && { children }),
  };
  return {
    file,
    apply: (now) => {
      const changed = changePhoto(now, file, changes);
      const led = lead ? leadWith(changed, file) : changed;
      return place === undefined ? led : movePhoto(led, file, place);
    },
  };
}

function focusOf(value: string): string {
  const focus = parseFocus(value);
  if (focus === undefined) throw usage("photo-focus", { value });
  return focus;
}

/** Finds a photo by its number, from 1, or by its name, with or without `foto/` and its ending. Throws `photo-number` (exit 2). */
export function photoNamed(value: string, photos: readonly PostPhoto[], post: string): PostPhoto {
  const wanted = fold(path.posix.basename(value.trim().replaceAll("\\", "/")));
  const named = photos.filter(({ file }) => {
    const name = fold(path.posix.basename(file));
    return name === wanted || path.posix.parse(name).name === wanted;
  });
  const numbered = /^\d{1,3}$/.test(wanted) ? photos[Number(wanted) - 1] : undefined;
  const found = numbered ?? (named.length === 1 ? named[0] : undefined);
  if (!found) throw usage("photo-number", { value, count: photos.length, post });
  return found;
}
