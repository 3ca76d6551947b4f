import { z } from "zod";
import { approvalChannels } from "../../channels/registry.js";
import { sha256 } from "./fields.js";

/** A part of a photo, in pixels of the upright photo that the newsroom has. */
const crop = z.object({
  left: z.number().int().nonnegative(),
  top: z.number().int().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
const renderedPhoto = z.object({
  sha256,
  lead: z.boolean(),
  alt: z.string(),
  caption: z.string(),
  credit: z.string(),
  /** null: all of the photo. */
  crop: crop.nullable(),
  /** To which the part is scaled, in pixels. It is never enlarged. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type RenderedPhoto = z.infer<typeof renderedPhoto>;

/** Stands in a text for what only the sending machine learns: a photo's address or id at the site. */
const photoPlace = z.object({ photo: sha256, as: z.enum(["url", "id"]) });

/**
 * What one channel shows of an approved revision: made once by the newsroom, and sent as it is. Whoever previews,
 * approves and sends has the same.
 */
export const rendering = z.object({
  channel: z.enum(approvalChannels),
  /** The text as it is sent, cut where a place is filled in. Joined, with the places filled, these are the exact bytes. */
  text: z.array(z.union([z.string(), photoPlace])),
  /** Where the article's address may be inserted, and what precedes it there; null: the channel shows no link. */
  link: z
    .object({
      /** `known`: whenever the article has an address. `asked`: only if the person asks for it (it costs). */
      when: z.enum(["known", "asked"]),
      /** Index in UTF-16 units of the one string in `text`. */
      at: z.number().int().nonnegative(),
      before: z.string(),
    })
    .nullable(),
  /** As the channel counts: weighted for X (twitter-text), else UTF-16 units; without the link. */
  length: z.number().int().nonnegative(),
  limit: z.number().int().positive().nullable(),
  /** In the order in which they are shown; the lead first. */
  photos: z.array(renderedPhoto),
  /** Photos of the revision that this channel does not show, and why. */
  left_out: z.array(z.object({ sha256, reason: z.enum(["too-many", "too-small", "removed"]) })),
  /** Of a website only. Names, which the sending machine matches to those that exist there. */
  article: z
    .object({
      title: z.string(),
      slug: z.string(),
      summary: z.string(),
      category: z.string(),
      tags: z.array(z.string()),
    })
    .nullable(),
  /** Remarks for whoever approves and sends. `code` names a text of the catalogue. */
  warnings: z.array(
    z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
export type Rendering = z.infer<typeof rendering>;
export type RenderingWarning = Rendering["warnings"][number];

/** Warnings with which nothing is sent. A domain in the text is one only where nobody has agreed to pay for its link. */
export const blockingWarnings: readonly string[] = [
  "too-long",
  "photo-needed",
  "hashtags-over",
  "mentions-over",
];

/** The renderings of a revision: those that were approved, or those that approval would freeze. */
export const renderings = z.object({
  revision: z.number().int().positive(),
  frozen: z.boolean(),
  channels: z.array(rendering),
});
export type Renderings = z.infer<typeof renderings>;
