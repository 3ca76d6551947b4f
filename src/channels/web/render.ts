import { correctionNote } from "../rendering/correction.js";
import { scaleDown } from "../rendering/crop.js";
import { cutText } from "../rendering/cut.js";
import { choosePhotos } from "../rendering/photos.js";
import { endsAsSentence, plainParagraphs } from "../rendering/plain.js";
import type { PublicContent, PublicInput, RenderedPhoto, Rendering, Warning } from "../rendering/types.js";
import { block, escapeAttribute, escapeText, type Segment, stack } from "./blocks.js";
import { bodyBlocks } from "./body.js";
import { captionOf } from "./caption.js";

/** Photos of one article; the contract allows no more. */
const maxPhotos = 30;
/** Above this, WordPress makes another rendition by itself (big_image_size_threshold). In pixels. */
const longestSide = 2560;
/** Remarks on the body. Whoever has more of them to mend reads the body anyway. */
const maxRemarks = 20;
/** What a revision's own summary may have, in UTF-16 units. */
const summaryLength = 160;
/** A summary is looked for in so much of the body, in UTF-16 units. */
const summarySource = 5000;

/** Renders an article as a WordPress site stores it: the lead photo apart, body and gallery as blocks of its editor. */
export function render(input: PublicInput): Rendering {
  const { content } = input;
  const photos = choosePhotos(input, {
    max: maxPhotos,
    frame: ({ size }) => ({ crop: null, ...scaleDown(size, longestSide) }),
  });
  const warnings: Warning[] = [];
  const [, ...others] = photos.shown;
  const text = stack([...correction(content), ...bodyBlocks(content.body, warnings), ...gallery(others)]);
  return {
    channel: "web",
    text,
    link: null,
    length: text.reduce((sum, segment) => sum + (typeof segment === "string" ? segment.length : 0), 0),
    limit: null,
    photos: photos.shown,
    left_out: photos.left_out,
    article: {
      title: content.title,
      slug: content.slug,
      summary: summaryOf(content),
      category: content.category,
      tags: content.tags,
    },
    warnings: [...distinct(warnings), ...photos.warnings],
  };
}

/** What was wrong stands first, where readers of the first version find it. */
function correction(content: PublicContent): Segment[][] {
  const note = correctionNote(content);
  return note ? [block("paragraph", {}, [`<p><strong>Ralat:</strong> ${escapeText(note)}</p>`])] : [];
}

function summaryOf({ summary, body }: PublicContent): string {
  if (summary) return summary;
  const paragraphs = plainParagraphs(body.slice(0, summarySource).toWellFormed()).filter(
    ({ kind }) => kind === "text",
  );
  const first = paragraphs.find(({ text }) => endsAsSentence(text)) ?? paragraphs[0];
  return cutText((first?.text ?? "").replace(/\s+/g, " "), ({ length }) => length <= summaryLength);
}

/** The photos beside the lead: alone, or as a gallery. */
function gallery(photos: readonly RenderedPhoto[]): Segment[][] {
  const [first, second] = photos;
  if (first === undefined) return [];
  if (second === undefined) return [image(first)];
  return [
    block("gallery", { linkTo: "none" }, [
      '<figure class="wp-block-gallery has-nested-images columns-default is-cropped">',
      ...stack(photos.map(image)),
      "</figure>",
    ]),
  ];
}

function image(photo: RenderedPhoto): Segment[] {
  const { sha256, alt } = photo;
  const id = { photo: sha256, as: "id" } as const;
  const caption = captionOf(photo);
  return block("image", { id, sizeSlug: "large", linkDestination: "none" }, [
    '<figure class="wp-block-image size-large"><img src="',
    { photo: sha256, as: "url" },
    `" alt="${escapeAttribute(alt)}" class="wp-image-`,
    id,
    `" />${caption && `<figcaption class="wp-element-caption">${escapeText(caption)}</figcaption>`}</figure>`,
  ]);
}

/** Remarks on a body, each once: a body can have a thousand links. */
function distinct(warnings: readonly Warning[]): Warning[] {
  const byText = new Map(warnings.map((warning) => [JSON.stringify(warning), warning]));
  return [...byText.values()].slice(0, maxRemarks);
}
