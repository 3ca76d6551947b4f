/** Errors about files that several commands read, and about locks. */
export interface FileErrors {
  "file-not-found": { path: string };
  "file-unreadable": { path: string; reason: string };
  /** A text whose bytes cannot be believed: `TextFault` of text/decode.ts. */
  "text-unreadable": { path: string; fault: "binary" | "damaged" | "mixed" | "lost"; line?: number };
  "outside-workspace": { path: string };
  /** A symbolic link that leads out of the folder it was found in. */
  "link-outside": { link: string; folder: string; leadsTo: string };
  "lock-held": { path: string; host: string; pid: number };
}
