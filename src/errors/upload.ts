import type { Diagnostic } from "./diagnostics.js";

/** Errors about uploads in batches. */
export interface UploadErrors {
  "captions-invalid": { path: string; columns: readonly string[] };
  /** A row of a list of captions that would lose or swallow something. */
  "captions-row": { path: string; line: number } & (
    | { problem: "no-rows" }
    | { problem: "column-twice"; text: string }
    | { problem: "more-cells" | "fewer-cells"; expected: number; found: number }
    | { problem: "swallowed"; text: string }
    | { problem: "unclosed-quote" | "no-name" }
  );
  /** A `.txt` or `.yaml` beside a photo. */
  "sidecar-invalid": { photo: string; path: string; problems: readonly Diagnostic[] };
  /** A folder in a list of photos on stdin. */
  "list-folder": { path: string };
  "photo-own-rendition": { path: string };
  "disk-too-full": { path: string; free: number; needed: number };
  "upload-target-missing": undefined;
  "upload-target-twice": undefined;
  "event-name-invalid": { name: string };
  "post-photos-too-many": { count: number; max: number };
  "bad-rate": { flag: string; value: string };
  "watch-folder-missing": { path: string };
  "photos-not-taken": { origin: string; reason: "quota" | "texts" | "album" | "storage" };
  /** Ctrl-C in a batch. `agreed`: some of what is left is sent without another question. */
  "upload-waits": { slug: string; done: number; total: number; left: number; agreed: boolean };
  "nothing-waits-for": { name: string; waiting: readonly string[] };
  "submission-queued": { post: string };
  "submission-waits-for-login": { post: string };
  "withdraw-unclear": { post: string };
}
