import path from "node:path";
import type { Context } from "../../context.js";
import { type KominfoError, usage } from "../../errors/errors.js";
import { writeAtomically } from "../../files/atomic.js";
import { explain } from "../../language/explain.js";
import { type InspectedPhoto, inspectPhoto } from "../../photo/metadata/inspect.js";
import type { PhotoFailure } from "../../photo/renditions/apply.js";
import type { ResizedPhoto } from "../../photo/renditions/resize.js";
import { createGallery } from "../../photo/sheet/pictures.js";
import { contactSheet, type SheetPhoto } from "../../photo/sheet/sheet.js";
import type { Gathered } from "../../photo/sources/gather.js";
import type { PhotoNote } from "../../photo/types.js";
import { createProgress } from "../../terminal/progress.js";
import { formatBytes } from "../../text/bytes.js";
import { formatInstant } from "../../text/instant.js";
import { metadataLines, photoFacts } from "./metadata-lines.js";
import { noteText } from "./note-text.js";

/** One photo of a sheet. */
interface SheetEntry {
  /** The path of the photo on this machine. */
  file: string;
  /** The name to display. */
  displayPath: string;
  failure?: KominfoError;
  renditions: readonly ResizedPhoto[];
}

/** The absolute path of `--sheet`. Throws `photo-sheet-name` (exit 2): a photo is never overwritten by mistake. */
export function sheetPath(context: Context, typed: string): string {
  if (!/\.html?$/i.test(typed)) throw usage("photo-sheet-name", { path: typed });
  return path.resolve(context.cwd, typed);
}

/** Lists the photos of a sheet in order, then the archives that could not be opened. */
export function entriesOf(
  { files, displayName }: Gathered,
  { renditions = [], failed }: { renditions?: readonly ResizedPhoto[]; failed: readonly PhotoFailure[] },
): SheetEntry[] {
  const failures = new Map(failed.map(({ source, error }) => [source, error]));
  const made = new Map<string, ResizedPhoto[]>();
  for (const rendition of renditions)
    made.set(rendition.source, [...(made.get(rendition.source) ?? []), rendition]);
  const photos = files.map((file) => ({ file, displayPath: displayName(file) }));
  const fileNames = new Set(photos.map(({ displayPath }) => displayPath));
  const others = failed.filter(({ source }) => !fileNames.has(source));
  return [...photos, ...others.map(({ source }) => ({ file: source, displayPath: source }))].map((entry) => {
    const failure = failures.get(entry.displayPath);
    return { ...entry, renditions: made.get(entry.displayPath) ?? [], ...(failure && { failure }) };
  });
}

/**
 * Draws the sheet and writes it as one file. A photo that cannot be drawn appears with its error.
 *
 * @param isDateKept renditions keep the time when they were taken, so it is not listed as removed
 */
export async function writeSheet(
  context: Context,
  file: string,
  subject: string,
  entries: SheetEntry[],
  isDateKept = false,
): Promise<void> {
  const messages = context.messages.photo;
  const engine = await context.images();
  const gallery = createGallery(engine, entries.length);
  const progress = createProgress(context.output);
  const photos: SheetPhoto[] = [];
  let located = 0;
  try {
    for (const [i, entry] of entries.entries()) {
      context.host.signal.throwIfAborted();
      progress.update({ label: messages.drawing, done: i, total: entries.length });
      const inspected = await inspectPhoto(engine, entry.file).catch(() => undefined);
      if (inspected?.private.gps) located++;
      const photo = await sheetPhoto(context, gallery, entry, inspected);
      const metadata = photo.metadata.filter(
        ({ label }) => !(isDateKept && label === messages.metadata.taken),
      );
      photos.push({ ...photo, metadata });
    }
  } finally {
    progress.clear();
  }
  const made = messages.sheet.made({
    when: formatInstant(context.host.now().toISOString(), context.language),
  });
  const { language } = context;
  const page = contactSheet(
    { language, subject, made, photos, located, unseen: gallery.unseen() },
    messages.sheet,
  );
  await writeAtomically(file, page);
}

async function sheetPhoto(
  { messages, language }: Context,
  gallery: ReturnType<typeof createGallery>,
  { file, displayPath, failure, renditions }: SheetEntry,
  inspected: InspectedPhoto | undefined,
): Promise<SheetPhoto> {
  const noteTexts = (notes: readonly PhotoNote[]) => notes.map((note) => noteText(note, messages));
  // A rendition without a crop is faster to scale down than the photo itself.
  const whole = renditions.find((rendition) => !rendition.crop)?.path;
  const ofPhoto = new Set((inspected?.notes ?? []).map((note) => note.code));
  const drawn = await Promise.all(
    renditions.map(async (rendition) => ({
      preset: rendition.preset,
      name: path.basename(rendition.path),
      facts: [`${rendition.width} x ${rendition.height}`, formatBytes(rendition.bytes, language)],
      ...picture(await gallery.rendition(rendition.path)),
      ...(rendition.crop && { crop: rendition.crop }),
      notes: noteTexts(rendition.notes.filter((note) => !ofPhoto.has(note.code))),
    })),
  );
  return {
    name: path.basename(displayPath),
    facts: inspected ? photoFacts(inspected, messages, language) : [],
    ...(inspected && { width: inspected.width, height: inspected.height }),
    ...picture(await gallery.source(whole ?? file)),
    ...(failure && { failure: explain(failure, messages) }),
    notes: noteTexts(inspected?.notes ?? []),
    metadata: inspected ? metadataLines(inspected, messages, language) : [],
    renditions: drawn,
  };
}

function picture(jpeg: Buffer | undefined) {
  return jpeg ? { picture: jpeg } : {};
}
