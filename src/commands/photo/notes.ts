import path from "node:path";
import type { Context } from "../../context.js";
import { isWhatsappName } from "../../photo/metadata/whatsapp.js";
import type { ResizedPhoto } from "../../photo/renditions/resize.js";
import { cleanLine } from "../../text/clean.js";

import { noteText } from "./note-text.js";

/** Prints notes on usable photos: photos smaller than a preset in one summary, other notes by file name. */
export function printNotes(context: Context, renditions: readonly ResizedPhoto[]): void {
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
  const lines = new Set<string>();
  for (const { source, path: made, notes } of renditions) {
    for (const note of notes) {
      if (note.code === "smaller-than-preset") continue;
      const isOfPhoto = note.code === "first-frame-only" || note.code === "tone-mapped";
      const name = isOfPhoto ? source : made;
      lines.add(`${cleanLine(path.basename(name))}: ${noteText(note, messages)}`);
    }
  }
  for (const line of lines) output.note(line);
}
