import { readFile } from "node:fs/promises";
import { KominfoError } from "../../errors/errors.js";
import { type PhotoFailure, withDisplayNames } from "../renditions/apply.js";
import type { ImageEngine, PhotoFacts, PhotoNote } from "../types.js";
import { type Fields, fieldsOf } from "./fields.js";
import { hiddenParts, pngProfileName } from "./hidden-parts.js";
import { metadataBytes } from "./metadata-bytes.js";

/** What a photo tells everyone who gets the file, beside its picture. */
interface PrivateMetadata extends Omit<Fields, "orientation" | "color"> {
  /** Bytes after the end of the picture. */
  trailer_bytes: number;
  /** Further pictures in the file: a gain map, a second eye, a larger preview. */
  pictures: number;
  /** A film of the seconds around the shot, with sound ("motion photo"). */
  video: boolean;
}

export interface InspectedPhoto {
  source: string;
  format: PhotoFacts["format"];
  /** Upright, in pixels. */
  width: number;
  height: number;
  bytes: number;
  /** EXIF 1 to 8; 1 when it is not said. */
  orientation: number;
  color: Fields["color"];
  notes: readonly PhotoNote[];
  private: PrivateMetadata;
}

interface Inspection {
  photos: InspectedPhoto[];
  failed: PhotoFailure[];
}

interface InspectOptions {
  signal?: AbortSignal;
  /** What people are told of a file whose bytes lie elsewhere for now (`gatherPhotos`). */
  displayName?: (file: string) => string;
  onProgress?: (done: number, total: number) => void;
}

/** Reads what each file tells of its taker. A file that is no photo stops no other; nothing is changed. */
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

/** Throws like `ImageEngine.inspect`. Metadata that cannot be read is left out: a photo may hold any bytes there. */
export async function inspectPhoto(engine: ImageEngine, file: string): Promise<InspectedPhoto> {
  const { format, width, height, bytes, notes } = await engine.inspect(file);
  // The engine has refused what is too large to be read whole.
  const content = await readFile(file);
  const { orientation, color, ...told } = await fieldsOf(content);
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
    private: { ...told, ...hidden, pictures: Math.max(told.pictures, hidden.pictures) },
  };
}

/**
 * When a photo was taken, as its camera says: `2026-11-22T09:30:00`, with `+07:00` behind it where the camera knows;
 * undefined when it does not say, or when the file cannot be read, which whoever prepares it will notice.
 */
export async function dateTaken(file: string): Promise<string | undefined> {
  const content = await metadataBytes(file);
  const taken = (content && (await fieldsOf(content)).taken_at) ?? "";
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)?$/.test(taken) ? taken : undefined;
}

/** Whether the file tells something of a person or a place that a rendition would not. */
export function hasPrivateMetadata({ private: told }: InspectedPhoto): boolean {
  return (
    told.gps !== null ||
    told.place !== null ||
    told.owner !== null ||
    told.serial_numbers.length > 0 ||
    told.persons.length > 0 ||
    told.video
  );
}

/** Where on the map a place is, as a link that a person may follow. */
export function mapLink({ latitude, longitude }: { latitude: number; longitude: number }): string {
  const [lat, lon] = [latitude.toFixed(5), longitude.toFixed(5)];
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}`;
}
