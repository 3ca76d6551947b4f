import path from "node:path";
import type { Context } from "../../../context.js";
import type { Messages } from "../../../language/index.js";
import type { PostPhoto } from "../../../post/types.js";
import type { Style } from "../../../terminal/style.js";
import { shorten, table, width } from "../../../terminal/table.js";
import { cleanLine } from "../../../text/clean.js";
import type { Bundle } from "../../../workspace/posts.js";
import { isDescribed } from "../photos.js";

/** A photo as scripts see it. */
export function photoJson({ folder }: Bundle, photo: PostPhoto, index: number) {
  const { file, caption, alt, credit, source, children, focus, blur } = photo;
  return {
    ...{ number: index + 1, path: path.join(folder, file), file },
    ...{ caption: caption ?? null, alt: alt ?? null, credit: credit ?? null },
    ...{ source, children, lead: photo.lead, focus: focus ?? null, blur: blur ?? [] },
  };
}

/** What was done to a photo beside its texts: how much of it is blurred, and which part is never cut off. */
export function notesOf(words: Messages["postPhotos"], { blur = [], focus }: PostPhoto): string[] {
  return [
    ...(blur.length > 0 ? [words.hasBlur({ count: blur.length })] : []),
    ...(focus ? [words.hasFocus({ focus })] : []),
  ];
}

/** The photos with their numbers, as `--photo` takes them. */
export function listing(
  { messages, output }: Pick<Context, "messages" | "output">,
  photos: readonly PostPhoto[],
  style: Style,
): string {
  const words = messages.postPhotos;
  const names = photos.map((photo) => shorten(cleanLine(path.posix.basename(photo.file)), 24));
  const before = `${photos.length}`.length + Math.max(...names.map(width)) + 4;
  return table(
    photos.map((photo, i) => {
      const notes = [
        ...(photo.lead ? [style.strong(words.leads)] : []),
        ...(isDescribed(photo) ? [] : [style.warning(words.lacks)]),
        ...notesOf(words, photo),
      ];
      const room = output.resultColumns - before - width(notes.map((note) => `${note} · `).join(""));
      const caption = cleanLine(photo.caption ?? "");
      // A few letters of a caption tell nothing.
      const shown = caption === "" || room < 8 ? [] : [shorten(caption, room)];
      return [`${i + 1}`, names[i]!, [...notes, ...shown].join(" · ")];
    }),
  );
}
