import { sha256 } from "../files/hash.js";
import type { PhotoCaptions, ReadyPhoto } from "./types.js";

/** What is to be done about photos whose renditions lie ready. */
export interface UploadPlan {
  /** Each picture once, in the order of the photos. */
  send: ReadyPhoto[];
  /** The newsroom has them already, or an equal one goes before them. */
  present: ReadyPhoto[];
  /** Not listed by the album or the post yet, or with other words; each picture once. */
  attach: ReadyPhoto[];
  /** What `send` weighs. Bytes */
  bytes: number;
}

/**
 * @param known hashes of renditions that the newsroom has
 * @param attached mark (`markOf`) by hash, of what is listed already
 */
export function planUpload(
  photos: readonly ReadyPhoto[],
  known: ReadonlySet<string>,
  attached: ReadonlyMap<string, string>,
): UploadPlan {
  const plan: UploadPlan = { send: [], present: [], attach: [], bytes: 0 };
  const seen = new Set<string>();
  for (const photo of photos) {
    const isFirst = !seen.has(photo.sha256);
    seen.add(photo.sha256);
    if (isFirst && !known.has(photo.sha256)) {
      plan.send.push(photo);
      plan.bytes += photo.bytes;
    } else {
      plan.present.push(photo);
    }
    if (isFirst && attached.get(photo.sha256) !== markOf(photo)) plan.attach.push(photo);
  }
  return plan;
}

/** Stands for what is said of a photo where it is listed: another mark, and it is listed anew. */
export function markOf({ source_sha256, source, words }: ReadyPhoto): string {
  const said = [source_sha256, source.split(/[/\\]/).at(-1), words.caption, words.alt, words.credit];
  return sha256(JSON.stringify(said.map((one) => one ?? ""))).slice(0, 16);
}

/** What is said of a photo, the first that says it wins: each of `layers` may say a part. */
export function mergeCaptions(...layers: readonly PhotoCaptions[]): PhotoCaptions {
  const merged: PhotoCaptions = {};
  for (const key of ["caption", "alt", "credit"] as const) {
    const said = layers.map((layer) => layer[key]?.trim()).find(Boolean);
    if (said) merged[key] = said;
  }
  return merged;
}
