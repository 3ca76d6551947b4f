import { z } from "zod";
import { textChannels } from "../../channels/registry.js";
import { limits } from "../limits.js";
import { instant, kind, sha256, slug, text } from "./fields.js";

export const photoReference = z.strictObject({
  /** Hash of the web rendition, which was uploaded. */
  sha256,
  /** Hash of the original, which never leaves the operator's machine. */
  source_sha256: sha256.optional(),
  filename: text(255),
  caption: text(2000),
  alt: text(1000),
  credit: text(255),
  source: z.enum(["own", "citizen", "agency"]),
  children: z.enum(["unchecked", "none", "consented", "masked", "unrecognisable"]),
  /** Who consented for the children, when and for what. Personal data: read by those who read `internal`. */
  consent: z.strictObject({ by: text(200).min(1), date: z.iso.date(), scope: text(500).min(1) }).optional(),
  lead: z.boolean(),
  /** The point that every crop keeps, as fractions from the left and from the top. */
  focus: z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).optional(),
  /** The parts that are unrecognisable in this photo, "left%,top%,width%,height%": who has the original makes them so again. */
  blur: z
    .array(z.string().regex(/^\d{1,3}(\.\d{1,3})?%(,\d{1,3}(\.\d{1,3})?%){3}$/))
    .min(1)
    .max(20)
    .optional(),
});
export type PhotoReference = z.infer<typeof photoReference>;

type Answer = string | boolean | Answer[] | { [key: string]: Answer };
/** The answer to a template's question: text, truth value, list or group. */
export const answer: z.ZodType<Answer> = z.lazy(() =>
  z.union([text(20_000), z.boolean(), z.array(answer).max(200), z.record(text(60), answer)]),
);

/** The content of one revision, as the operator writes it and the editor reads it. */
export const content = z.strictObject({
  kind,
  slug,
  title: text(250).min(1),
  place: text(250).optional(),
  village: text(100).optional(),
  /** Day of the event, YYYY-MM-DD, in Asia/Jakarta. */
  event_date: z.iso.date().optional(),
  category: text(60),
  priority: z.enum(["normal", "urgent"]),
  needed_by: instant.optional(),
  embargo: instant.optional(),
  summary: text(160).optional(),
  tags: z.array(text(60)).max(30),
  /** Hashtags of the unit, without `#`, for the channels that have them. */
  hashtags: z.array(text(60)).max(10).optional(),
  /** One public sentence on what a correction mends. */
  correction_note: text(300).optional(),
  channel_texts: z.partialRecord(z.enum(textChannels), text(5000)),
  photos: z.array(photoReference).max(limits.photos_per_submission),
  /** The answers to the questions of this kind's template. */
  answers: z.record(text(60), answer),
  /** For the newsroom only. Never passed to a public renderer or export. */
  internal: z.record(text(60), answer),
  /** Markdown. */
  body: text(200_000).min(1),
});
export type Content = z.infer<typeof content>;

/**
 * The content of a new revision. Stored ones may be older than this limit: each line can be a block of its own, and a page of
 * 50,000 blocks serves nobody.
 */
export const newContent = content.extend({
  body: content.shape.body.refine(hasFewLines, { error: "too_many_lines" }),
});

function hasFewLines(body: string): boolean {
  const lines = body.matchAll(/\S[^\n]*/g);
  for (let count = 0; !lines.next().done; count += 1) if (count >= limits.lines_per_body) return false;
  return true;
}

export const categories = [
  "pemerintahan",
  "pembangunan",
  "ekonomi",
  "kesehatan",
  "pendidikan",
  "sosial",
  "keagamaan",
  "trantibum",
  "lingkungan",
  "kebencanaan",
  "olahraga",
  "pertanian",
  "budaya",
  "teknologi",
] as const;

/**
 * Keys that the strict content of older newsrooms refuses. `GET /` names those that this one takes (`features`), and a client
 * sends no other.
 */
export const contentFeatures = [
  "focus",
  "hashtags",
  "correction_note",
  "consent",
  "unrecognisable",
  "blur",
] as const;
