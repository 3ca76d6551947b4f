import { readFile } from "node:fs/promises";
import { KominfoError } from "../../errors/errors.js";
import { type PhotoFailure, withDisplayNames } from "../renditions/apply.js";
import type { ImageEngine, PhotoFacts, PhotoNote, PhotoText } from "../types.js";
import { type Fields, fieldsOf } from "./fields.js";
import { hiddenParts, pngProfileName } from "./hidden-parts.js";
import { metadataBytes } from "./metadata-bytes.js";
import { ownText } from "./own-text.js";
import { type PrivateFacts, privateFacts } from "./private/facts.js";

/** Metadata that everyone who receives the file can read. */
interface PrivateMetadata extends Omit<Fields, "orientation" | "color">, PrivateFacts {
  /** Bytes after the end of the picture. */
  trailer_bytes: number;
  /** Further pictures in the file: a gain map, a second eye, a larger preview. */
  pictures: number;
}

export interface InspectedPhoto {
  source: string;
  format: PhotoFacts["format"];
  /** Upright, in pixels. */
  width: number;
  height: number;
  bytes: number;
  /** EXIF orientation, 1 to 8; 1 when the file has none. */
  orientation: number;
  color: Fields["color"];
  notes: readonly PhotoNote[];
  private: PrivateMetadata;
  /** What kominfo itself wrote into it, such as the office's credit: meant to be read, and in `private` only where it stands again. */
  own_text: PhotoText | null;
}

interface Inspection {
  photos: InspectedPhoto[];
  failed: PhotoFailure[];
}

interface InspectOptions {
  signal?: AbortSignal;
  /** Maps a file to the path to print, for unpacked photos (`gatherPhotos`). */
  displayName?: (file: string) => string;
  onProgress?: (done: number, total: number) => void;
}

/** Reads the metadata of each file and changes nothing. A file that is not a photo does not stop the others. */
export async function inspectPhotos(
  engine: ImageEngine,
  files: readonly string[],
  options: InspectOptions = {},
): Promise<Inspection> {
  const inspection: Inspection = { photos: [], failed: [] };
  for (const [i, file] of files.entries()) {
    options.signal?.throwIfAborted();
    options.onProgress?.(i, files.length);
    try {
      const photo = await inspectPhoto(engine, file);
      inspection.photos.push({ ...photo, source: options.displayName?.(file) ?? file });
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      inspection.failed.push(withDisplayNames({ source: file, error }, options.displayName));
    }
  }
  return inspection;
}

/** Inspects one photo. Throws like `ImageEngine.inspect`, but omits metadata that cannot be read. */
export async function inspectPhoto(engine: ImageEngine, file: string): Promise<InspectedPhoto> {
  const { format, width, height, bytes, notes } = await engine.inspect(file);
  // The engine has already refused files that are too large to read whole.
  const content = await readFile(file);
  const { orientation, color, ...metadata } = await fieldsOf(content);
  const own = ownText(content);
  const facts = privateFacts(own?.rest ?? content, format);
  const hidden = hiddenParts(content, format);
  const profile = color.profile ?? (format === "png" ? pngProfileName(content) : null);
  return {
    source: file,
    format,
    width,
    height,
    bytes,
    orientation,
    color: { ...color, profile },
    notes,
    private: {
      ...metadata,
      ...facts,
      ...hidden,
      pictures: Math.max(metadata.pictures, hidden.pictures),
      video: hidden.video || facts.video,
    },
    own_text: own?.text ?? null,
  };
}

/**
 * Returns when a photo was taken, in the camera's time: `2026-11-22T09:30:00`, followed by `+07:00` when the camera
 * records the zone. Returns undefined without a date, or when the file cannot be read; rendering it then reports that.
 */
export async function dateTaken(file: string): Promise<string | undefined> {
  const content = await metadataBytes(file);
  const taken = (content && (await fieldsOf(content)).taken_at) ?? "";
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)?$/.test(taken) ? taken : undefined;
}

/** Whether the file holds metadata about a person or a place, which renditions omit. */
export function hasPrivateMetadata({ private: metadata }: InspectedPhoto): boolean {
  return (
    metadata.gps !== null ||
    metadata.place !== null ||
    metadata.owner !== null ||
    metadata.serial_numbers.length > 0 ||
    metadata.persons.length > 0 ||
    metadata.video
  );
}

/**
 * Whether the file holds parts that this program cannot read. Of such a file nobody may say that it leaks nothing, even
 * when nothing was found in the other parts.
 */
export function hasUnreadParts({ private: metadata }: InspectedPhoto): boolean {
  return metadata.unread.length > 0;
}

/** Returns a link to a place on OpenStreetMap. */
export function mapLink({ latitude, longitude }: { latitude: number; longitude: number }): string {
  const [lat, lon] = [latitude.toFixed(5), longitude.toFixed(5)];
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}`;
}
