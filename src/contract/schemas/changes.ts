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

/** What happened to a submission; what it has become is read there. */
export const change = z.object({
  at: instant,
  submission: z.uuid(),
  kecamatan: kecamatanCode,
  what: z.enum(changeKinds),
});
export type Change = z.infer<typeof change>;

export const changesQuery = z.strictObject({
  /** `next` of the answer before; without it nothing is told but where the feed is now. */
  since: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});
/** At most 100; ask again with `next` until there are none. */
export const changePage = z.object({ items: z.array(change), next: z.string() });
