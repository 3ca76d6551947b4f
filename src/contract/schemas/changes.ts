import { z } from "zod";
import { instant, kecamatanCode } from "./fields.js";

const changeKinds = [
  "submitted",
  "revised",
  "transition",
  "comment",
  "publication",
  "merged",
  "redacted",
] as const;

/** A change of a submission. Clients read the submission for its new state. */
export const change = z.object({
  at: instant,
  submission: z.uuid(),
  kecamatan: kecamatanCode,
  what: z.enum(changeKinds),
});
export type Change = z.infer<typeof change>;

export const changesQuery = z.strictObject({
  /** `next` of the previous page. Without it, the answer has no items, only the current position of the feed. */
  since: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});
/** At most 100 changes. Repeat with `next` until a page is empty. */
export const changePage = z.object({ items: z.array(change), next: z.string() });
