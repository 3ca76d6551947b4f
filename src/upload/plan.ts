import { sha256 } from "../files/hash.js";
import { isWholeText } from "../text/decode.js";
import { lastPart } from "../text/last-part.js";
import type { PhotoCaptions, ReadyPhoto } from "./types.js";

/** What remains to be done for photos whose renditions are ready. */
export interface UploadPlan {
  /** Each picture once, in the order of the photos. */
  send: ReadyPhoto[];
  /** Photos that the newsroom has already, or that equal an earlier photo of the batch. */
  present: ReadyPhoto[];
  /** Photos that the album or the post does not list yet, or lists with other captions; each picture once. */
  attach: ReadyPhoto[];
  /** Total bytes of `send`. */
  bytes: number;
}

/**
 * @param uploaded hashes of renditions that the newsroom has
 * @param attached mark (`markOf`) by hash, of photos that are listed already
 */
export function planUpload(
  photos: readonly ReadyPhoto[],
  uploaded: ReadonlySet<string>,
  attached: ReadonlyMap<string, string>,
): UploadPlan {
  const plan: UploadPlan = { send: [], present: [], attach: [], bytes: 0 };
  const seen = new Set<string>();
  for (const photo of photos) {
    const isFirst = !seen.has(photo.sha256);
    seen.add(photo.sha256);
    if (isFirst && !uploaded.has(photo.sha256)) {
      plan.send.push(photo);
      plan.bytes += photo.bytes;
    } else {
      plan.present.push(photo);
    }
    if (isFirst && attached.get(photo.sha256) !== markOf(photo)) plan.attach.push(photo);
  }
  return plan;
}

/** A hash of what the album or the post says of a photo. When it changes, the photo is listed again. */
export function markOf({ source_sha256, source, captions }: ReadyPhoto): string {
  const listed = [source_sha256, lastPart(source), captions.caption, captions.alt, captions.credit];
  return sha256(JSON.stringify(listed.map((text) => text ?? ""))).slice(0, 16);
}

/**
 * Merges captions field by field: the first layer with a non-empty field wins. A text that has lost letters, as cameras write some, is none:
 * nothing else is sent with a photo.
 */
export function mergeCaptions(...layers: readonly PhotoCaptions[]): PhotoCaptions {
  const merged: PhotoCaptions = {};
  for (const key of ["caption", "alt", "credit"] as const) {
    const text = layers.map((layer) => layer[key]?.trim()).find((given) => given && isWholeText(given));
    if (text) merged[key] = text;
  }
  return merged;
}
