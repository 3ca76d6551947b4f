import type { Content } from "./types.js";

/** What a correction mends, without the word that the channels put before it; "" where the revision is none. */
export function correctionNote({ correction_note }: Content): string {
  return (correction_note ?? "").replace(/^\s*ralat\s*:\s*/i, "").trim();
}
