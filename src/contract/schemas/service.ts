import { z } from "zod";
import { instant, text } from "./fields.js";

export const service = z.object({
  name: z.literal("kominfo-newsroom"),
  version: z.string(),
  minimum_client: z.string(),
  time: instant,
  limits: z.record(z.string(), z.number()),
});
/** How this office writes. */
const ownSettings = {
  /** What operators should know of the house's style; Markdown. */
  house_style: text(20_000),
  /** Before the first sentence, e.g. "KABUPATEN BEKASI". */
  dateline: text(100),
  /** Of the date behind it: "16/11/2026" or "16 November 2026". */
  press_date_format: z.enum(["numeric", "long"]),
};
export const settings = z.object({ categories: z.array(z.string()), ...ownSettings });
export const updateSettings = z.strictObject(ownSettings).partial();
export type Settings = z.infer<typeof settings>;
