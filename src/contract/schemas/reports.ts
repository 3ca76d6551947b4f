import { z } from "zod";
import { instant, kecamatanCode } from "./fields.js";

/** ISO 8601 week date, e.g. "2026-W47": Monday to Sunday in Western Indonesian Time. */
export const week = z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
export const reportQuery = z.strictObject({ week });

const counts = {
  /** Submissions that arrived in the week. */
  received: z.number().int(),
  /** Submissions that an editor approved, returned, rejected or merged in the week, or their sender withdrew. */
  approved: z.number().int(),
  returned: z.number().int(),
  rejected: z.number().int(),
  withdrawn: z.number().int(),
  merged: z.number().int(),
  /** Submissions published in the week on at least one channel and not unpublished since. */
  published: z.number().int(),
  /** From arrival to decision (approved or rejected), of those decided in the week; null when there were none. */
  median_wait_minutes: z.number().int().nullable(),
};

/** Every kecamatan, kind and channel has a row, even when all its counts are zero. */
export const weeklyReport = z.object({
  week,
  /** Monday 00:00 WIB. `until` is the next Monday 00:00 WIB, exclusive. */
  from: instant,
  until: instant,
  kecamatan: z.array(z.object({ kecamatan: kecamatanCode, name: z.string(), ...counts })),
  kinds: z.array(z.object({ kind: z.string(), ...counts })),
  channels: z.array(z.object({ channel: z.string(), published: z.number().int() })),
  total: z.object(counts),
});
export type WeeklyReport = z.infer<typeof weeklyReport>;
