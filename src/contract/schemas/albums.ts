import { z } from "zod";
import { limits } from "../limits.js";
import { instant, kecamatanCode, pageQuery, sha256, slug, text } from "./fields.js";

/** A photo of an event, for editors to choose from. */
const albumPhoto = z.strictObject({
  /** Of the web rendition, the bytes that were uploaded. */
  sha256,
  source_sha256: sha256.optional(),
  filename: text(255),
  caption: text(2000).optional(),
  alt: text(1000).optional(),
  credit: text(255).optional(),
});
export type AlbumPhoto = z.infer<typeof albumPhoto>;

/** Adds these photos, or replaces what is said of those that are there; a title or day that is absent stays. */
export const putAlbum = z.strictObject({
  title: text(250).min(1).optional(),
  /** Day of the event, YYYY-MM-DD, in Asia/Jakarta. */
  event_date: z.iso.date().optional(),
  photos: z.array(albumPhoto).max(limits.album_photos_per_call),
});

export const albumAddress = z.strictObject({ kecamatan: kecamatanCode, slug });
export const albumSummary = z.object({
  kecamatan: kecamatanCode,
  slug,
  title: z.string().nullable(),
  event_date: z.string().nullable(),
  /** How many photos are in it. */
  count: z.number().int(),
  created_at: instant,
  updated_at: instant,
});
export type AlbumSummary = z.infer<typeof albumSummary>;
/** With one page of its photos, in the order in which they were first added. */
export const album = albumSummary.extend({ photos: z.array(albumPhoto), next_cursor: z.string().nullable() });
export type Album = z.infer<typeof album>;

export const albumQuery = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(limits.album_photos_per_call).default(100),
});
export const albumsQuery = pageQuery.extend({ kecamatan: kecamatanCode.optional() });
