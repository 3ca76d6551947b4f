import type { Content, PublicContent } from "./types.js";

/**
 * Control characters, changes of direction, and characters that only hide something. What joins emojis and letters stays
 * (U+200C, U+200D): here a text is shown as its author sees it.
 */
const harmful =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu;

function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(harmful, "")
    .toWellFormed();
}

function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}

/** The public part of a revision, cleaned: a newsroom stores also what scripts have sent. Idempotent. */
export function publicContent(content: Content): PublicContent {
  const { slug, summary, hashtags, correction_note, channel_texts } = content;
  return {
    slug,
    title: cleanLine(content.title),
    category: cleanLine(content.category),
    tags: [...new Set(content.tags.map(cleanLine))].filter((tag) => tag !== ""),
    body: cleanText(content.body),
    photos: content.photos.map((photo) => ({
      sha256: photo.sha256,
      source: photo.source,
      lead: photo.lead,
      ...(photo.focus === undefined ? {} : { focus: photo.focus }),
      filename: cleanLine(photo.filename),
      caption: cleanLine(photo.caption),
      alt: cleanLine(photo.alt),
      credit: cleanLine(photo.credit),
    })),
    channel_texts: Object.fromEntries(
      Object.entries(channel_texts).map(([channel, text]) => [channel, cleanText(text).trim()]),
    ),
    ...(summary === undefined ? {} : { summary: cleanLine(summary) }),
    ...(hashtags === undefined ? {} : { hashtags: hashtags.map(cleanLine) }),
    ...(correction_note === undefined ? {} : { correction_note: cleanLine(correction_note) }),
  };
}
