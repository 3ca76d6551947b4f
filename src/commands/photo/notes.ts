import path from "node:path";
import type { Context } from "../../context.js";
import { isWhatsappName } from "../../photo/metadata/whatsapp.js";
import type { ResizedPhoto } from "../../photo/renditions/resize.js";
import { cleanLine } from "../../text/clean.js";

import { noteText } from "./note-text.js";

/** Says what a person should know of photos that are otherwise well: sizes once for all, the rest by name. */
export function sayNotes(context: Context, renditions: readonly ResizedPhoto[]): void {
  const { output, messages } = context;
  const small = renditions.filter((rendition) =>
    rendition.notes.some((note) => note.code === "smaller-than-preset"),
  );
  for (const isForwarded of [true, false]) {
    const these = small.filter((rendition) => isWhatsappName(rendition.source) === isForwarded);
    const count = new Set(these.map((rendition) => rendition.source)).size;
    const presets = [...new Set(these.map((rendition) => rendition.preset))];
    const sentence = isForwarded ? messages.photo.fromWhatsapp : messages.photo.smaller;
    if (count > 0) output.note(sentence({ count, presets }));
  }
  const said = new Set<string>();
  for (const { source, path: made, notes } of renditions) {
    for (const note of notes) {
      if (note.code === "smaller-than-preset") continue;
      const name = note.code === "first-frame-only" ? source : made;
      said.add(`${cleanLine(path.basename(name))}: ${noteText(note, messages)}`);
    }
  }
  for (const line of said) output.note(line);
}
