import type { Messages } from "../../language/index.js";
import type { PhotoNote } from "../../photo/types.js";

/** The text of a note on a photo or rendition. */
export function noteText(note: PhotoNote, { photo }: Messages): string {
  return (photo.notes[note.code] as (facts: PhotoNote) => string)(note);
}
