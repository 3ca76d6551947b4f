import type { KominfoError } from "../errors/errors.js";

/** Where the photos of a batch go. */
export type Target =
  /** The album of an event, one of the kecamatan's. */
  | { kind: "event"; kecamatan: string; slug: string; title: string }
  /** A post of this workspace, listed under its `foto:`. */
  | { kind: "post"; slug: string };

/** What is said of a photo. */
export interface PhotoCaptions {
  caption?: string;
  alt?: string;
  credit?: string;
}

/** A photo that somebody wants to send. */
export interface UploadSource {
  /** Absolute; where its bytes are now. */
  file: string;
  /** What people call it: itself, or an archive and its name in there. */
  shown: string;
  /** Given for it, by a list or a file beside it. What the photo itself says comes after this. */
  words: PhotoCaptions;
}

/** A photo whose web rendition lies ready. */
export interface ReadyPhoto {
  source: string;
  source_sha256: string;
  /** Of the rendition. */
  sha256: string;
  bytes: number;
  /** Absolute; of the rendition. */
  path: string;
  words: PhotoCaptions;
}

/** `waiting`: the batch paused before its turn came, or in its middle; the same command continues. */
export type UploadStatus = "uploaded" | "present" | "failed" | "waiting";

export interface UploadedPhoto {
  source: string;
  /** Of what the newsroom has; null when no rendition could be made. */
  sha256: string | null;
  bytes: number;
  status: UploadStatus;
  /** Whether the album or the post lists it now. */
  attached: boolean;
  error?: KominfoError;
}

export interface UploadOutcome {
  target: Target;
  photos: UploadedPhoto[];
  /** Everything that crossed the line, photos that had to go again included. Bytes */
  bytesSent: number;
  /** Why the batch is not finished; the same command, or `sync`, continues it. */
  paused?: KominfoError;
}
