import { z } from "zod";
import { limits } from "../limits.js";

/** PostgreSQL and SQLite both lose text at U+0000, and a lone surrogate is not UTF-8. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes("\u0000") && value.isWellFormed(), { error: "unstorable_text" });
/** The year must have four digits in UTC too, so that instants in UTC compare as text. */
export const instant = z.iso.datetime({ offset: true }).refine(
  (value) => {
    const year = new Date(value).getUTCFullYear();
    return !(year < 0 || year > 9999);
  },
  { error: "unstorable_instant" },
);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const kecamatanCode = z.string().regex(/^\d{2}\.\d{2}\.\d{2}$/);
export const kind = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40);
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60);

export const person = z.object({ id: z.uuid(), name: z.string() });
export type Person = z.infer<typeof person>;

/** A page of a list with a stable order. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });
export const pageQuery = z.strictObject({
  /** `next_cursor` of the previous page. */
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(limits.page_items).default(50),
});

/** The body of a 204. */
export const nothing = z.undefined();
