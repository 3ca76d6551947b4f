import type { PublicContent } from "./types.js";

/** What a correction mends, without the word that the channels put before it; "" where the revision is none. */
export function correctionNote({ correction_note }: PublicContent): string {
  return (correction_note ?? "").replace(/^ralat\s*:\s*/i, "");
}
