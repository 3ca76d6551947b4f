import type { KominfoError } from "../errors/errors.js";
import type { BlurBox } from "../photo/types.js";

/** The destination of a batch. */
export type Target =
  /** The album of an event, one of the kecamatan's. */
  | { kind: "event"; kecamatan: string; slug: string; title: string }
  /** A post of this workspace, listed under its `foto:`. */
  | { kind: "post"; slug: string };

/** The captions of a photo: text, alternative text and credit line. */
export interface PhotoCaptions {
  caption?: string;
  alt?: string;
  credit?: string;
}

/** A photo to send. */
export interface UploadSource {
  /** Absolute path of its bytes. */
  file: string;
  /** The path to print: the file itself, or the archive and the name in it. */
  displayPath: string;
  /** From a list or a file beside the photo; they win over the captions embedded in the photo. */
  captions: PhotoCaptions;
  /** Parts that a post of this workspace has made unrecognisable. */
  blur?: readonly BlurBox[];
}

/** A photo whose web rendition is ready. */
export interface ReadyPhoto {
  source: string;
  source_sha256: string;
  /** Of the rendition. */
  sha256: string;
  bytes: number;
  /** Absolute; of the rendition. */
  path: string;
  captions: PhotoCaptions;
}

/** `waiting`: the batch paused before or during the upload of this photo; the same command continues. */
export type UploadStatus = "uploaded" | "present" | "failed" | "waiting";

export interface UploadedPhoto {
  source: string;
  /** Hash of the rendition; null when none could be made. */
  sha256: string | null;
  bytes: number;
  status: UploadStatus;
  /** Whether the album or the post lists it now. */
  attached: boolean;
  /** Source of an earlier photo of the batch with the same picture: only that one is listed, with its captions. */
  sameAs?: string;
  error?: KominfoError;
}

export interface UploadOutcome {
  target: Target;
  photos: UploadedPhoto[];
  /** Bytes sent, repeated ones included. */
  bytesSent: number;
  /** The error that paused the batch; the same command, or `sync`, continues it. */
  paused?: KominfoError;
}
