/** Errors about publishing on X. */
export interface XErrors {
  "x-credits-spent": { origin: string };
  /** `here` and `there`: ISO 8601. */
  "x-clock-off": { origin: string; here: string; there: string };
  "x-refuses": { status: number; reason: string };
  "x-text-too-long": { length: number; limit: number };
  "x-alt-too-long": { length: number; limit: number };
  "x-photo-too-large": { bytes: number; limit: number };
  "x-still-there": { url: string };
}
