import { z } from "zod";
import { instant, person, sha256, text } from "./fields.js";

/** A comment may point at a paragraph of the body (1-based) or at a photo. */
const anchor = z.union([
  z.strictObject({ paragraph: z.number().int().positive() }),
  z.strictObject({ photo: sha256 }),
]);
export const createComment = z.strictObject({ body: text(4000).min(1), anchor: anchor.optional() });
export const comment = z.object({
  id: z.uuid(),
  author: person,
  at: instant,
  body: z.string(),
  revision: z.number().int().positive(),
  anchor: anchor.nullable(),
});
export type Comment = z.infer<typeof comment>;
