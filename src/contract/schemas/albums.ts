import { z } from "zod";
import { limits } from "../limits.js";
import { instant, kecamatanCode, pageQuery, sha256, slug, text } from "./fields.js";

/** A photo of an event, for editors to choose from. Exported, so that /openapi.json names it. */
export const albumPhoto = z.strictObject({
  /** Hash of the web rendition, which was uploaded. */
  sha256,
  source_sha256: sha256.optional(),
  filename: text(255),
  caption: text(2000).optional(),
  alt: text(1000).optional(),
  credit: text(255).optional(),
});
export type AlbumPhoto = z.infer<typeof albumPhoto>;

/** Adds photos, or replaces the metadata of photos in the album. An absent title or day stays unchanged. */
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
  /** Number of photos in the album. */
  count: z.number().int(),
  created_at: instant,
  updated_at: instant,
});
export type AlbumSummary = z.infer<typeof albumSummary>;
/** An album with one page of its photos, in the order of first addition. */
export const album = albumSummary.extend({ photos: z.array(albumPhoto), next_cursor: z.string().nullable() });
export type Album = z.infer<typeof album>;

export const albumQuery = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(limits.album_photos_per_call).default(100),
});
export const albumsQuery = pageQuery.extend({ kecamatan: kecamatanCode.optional() });
