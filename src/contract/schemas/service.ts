import { z } from "zod";
import { auditSettings } from "./audit.js";
import { instant, text } from "./fields.js";

/**
 * What this newsroom serves beyond the contents of `contentFeatures`: take-downs; publications of all submissions, outlets, attempts and
 * renderings (`publishing`); and where a photo is out. A client that asks an older one for them says so.
 */
export const serviceFeatures = [
  "take_down",
  "publishing",
  "photo_publications",
  "accounts",
  "failure_facts",
  "kept_schedules",
  "user_tokens",
] as const;
export type ServiceFeature = (typeof serviceFeatures)[number];

export const service = z.object({
  name: z.literal("kominfo-newsroom"),
  version: z.string(),
  minimum_client: z.string(),
  time: instant,
  limits: z.record(z.string(), z.number()),
  /** What this newsroom takes beyond its first version; absent: nothing. */
  features: z.array(z.string()).default([]),
});
/** The house style of the office. */
const ownSettings = {
  /** Style guide for operators, in Markdown. */
  house_style: text(20_000),
  /** Dateline before the first sentence, e.g. "KABUPATEN BEKASI". */
  dateline: text(100),
  /** Format of the date after the dateline: "16/11/2026" or "16 November 2026". */
  press_date_format: z.enum(["numeric", "long"]),
  /** How long the audit log keeps names and addresses. */
  audit: auditSettings,
};
export const settings = z.object({ categories: z.array(z.string()), ...ownSettings });
export const updateSettings = z.strictObject(ownSettings).partial();
export type Settings = z.infer<typeof settings>;
