/** Errors about uploads in batches. */
export interface UploadErrors {
  "captions-invalid": { path: string; columns: readonly string[] };
  "photo-own-rendition": { path: string };
  "disk-too-full": { path: string; free: number; needed: number };
  "upload-target-missing": undefined;
  "upload-target-twice": undefined;
  "event-name-invalid": { name: string };
  "post-photos-too-many": { count: number; max: number };
  "bad-rate": { flag: string; value: string };
  "watch-folder-missing": { path: string };
  "photos-not-taken": { origin: string; reason: "quota" | "texts" | "album" | "storage" };
  "submission-queued": { post: string };
  "submission-waits-for-login": { post: string };
  "withdraw-unclear": { post: string };
}
