/** Errors about photos, ZIP files and contact sheets. */
export interface PhotoErrors {
  "photo-preset-unknown": { name: string; nearest: string; presets: readonly string[] };
  "photo-none-found": {
    path: string;
    /** What lies there instead. */
    folders?: readonly string[];
    kinds?: readonly { kind: string; count: number }[];
    videos?: number;
    /** The command that looks into the subfolders, too. */
    command?: string;
  };
  "photo-not-supported": { path: string; found: string };
  "photo-heic-decoder-missing": { path: string };
  "photo-damaged": { path: string };
  "photo-too-large": { path: string; width: number; height: number; megapixels: number };
  "photo-too-costly": { path: string };
  "photo-file-too-large": { path: string; bytes: number; limit: number };
  "photo-sheet-name": { path: string };
  "photo-zip-damaged": { path: string };
  "photo-zip-too-large": { path: string; unit: "entries" | "bytes"; limit: number };
  "photo-zip-locked": { path: string };
  "photo-zip-method": { path: string; method: string };
  "photo-zip-parts": { path: string };
  "photo-zip-entry-damaged": { path: string };
  "photo-bytes-limit": { path: string; preset: string; limit: number };
  "photo-text-too-long": { path: string; limit: number };
  "watermark-unusable": { path: string };
  "photo-not-written": { path: string; reason: string };
}
