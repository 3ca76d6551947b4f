import type { RateLimit } from "../http/rate.js";
import type { RetryPolicy } from "../http/retry.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import type { ResizedPhoto } from "../photo/renditions/resize.js";
import type { ImageEngine } from "../photo/types.js";
import type { BatchPaths } from "./batches.js";
import type { Destination } from "./destination.js";
import type { UploadPlan } from "./plan.js";
import type { SendProgress, Waiting } from "./send.js";
import type { PhotoCaptions, Target, UploadSource } from "./types.js";

/** What is uploaded, where to, and who is asked or told meanwhile. */
export interface UploadRequest {
  target: Target;
  place: BatchPaths;
  sources: readonly UploadSource[];
  newsroom: NewsroomClient;
  destination: Destination;
  images: () => Promise<ImageEngine>;
  /** Absolute path of the folder of renditions. */
  renditions: string;
  /** Used where neither a list nor the photo itself gives a caption. */
  defaultCaptions: PhotoCaptions;
  jobs?: number | undefined;
  limit?: RateLimit | undefined;
  policy?: RetryPolicy | undefined;
  rehash?: boolean | undefined;
  now: () => Date;
  signal: AbortSignal;
  /** Called before anything is sent; false cancels the upload. Until then nothing that is new may be sent by another run. */
  confirm?: ((plan: UploadPlan) => Promise<boolean>) | undefined;
  /** Fewer bytes are sent without a question. */
  confirmFrom?: number | undefined;
  /** The photos are those of an interrupted batch: after a no they stay, for a `sync` that asks a person again. */
  isResumed?: boolean | undefined;
  /** Receives the renditions that were made now. */
  onRendered?: ((renditions: readonly ResizedPhoto[]) => void) | undefined;
  /** Receives the photos whose own caption could not be read. */
  onUnreadCaptions?: ((sources: readonly string[]) => void) | undefined;
  onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export type UploadProgress =
  | { step: "reading" | "preparing"; done: number; total: number }
  | { step: "listing"; done: number; total: number; waiting?: Waiting }
  | { step: "asking"; waiting?: Waiting }
  | ({ step: "uploading" } & SendProgress);
