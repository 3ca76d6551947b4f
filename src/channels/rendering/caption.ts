import { type Composed, compose } from "./compose.js";
import { hashtagsIn, mentionsIn, proposeHashtags } from "./hashtags.js";
import { choosePhotos, type PhotoChoice, type PhotoRules } from "./photos.js";
import { type PublicInput, type Rendering, type Warning, warn } from "./types.js";

/** How a channel of short texts shows a revision. */
export interface CaptionRules {
  channel: "facebook" | "instagram" | "x";
  limit: number;
  /** The length of a text as the channel counts it; absent: in UTF-16 units. */
  lengthOf?(text: string): number;
  /** What is done to a text before it is sent. What it does twice is the same as once, and each line is on its own. */
  finish?(text: string): { text: string; warnings: Warning[] };
  leadLength: number;
  leadParagraphs: number;
  onlyText: boolean;
  /** How many hashtags a proposal has. */
  hashtags: number;
  /** How many hashtags and mentions the channel takes. */
  most?: { hashtags: number; mentions: number };
  link: "known" | "asked" | "never";
  /** What an address and the blank line before it take, as the channel counts. */
  linkLength?: number;
  photos: PhotoRules;
  /** The channel publishes nothing without a photo. */
  needsPhoto?: boolean;
}

/** An address of the office's own site is hardly longer: two blank lines, origin, year and month, a slug of 60. */
const usualLinkLength = 200;
const beforeLink = "\n\n";

/** Renders text and photos for a channel of short texts. */
export function renderText(input: PublicInput, rules: CaptionRules): Rendering {
  const { content } = input;
  const { channel, limit, finish = unchanged, lengthOf = ({ length }: string) => length } = rules;
  const linkRoom = rules.link === "never" ? 0 : (rules.linkLength ?? usualLinkLength);
  const finishedLength = (text: string) => lengthOf(finish(text).text);
  const photos = choosePhotos(input, rules.photos);
  const own = content.channel_texts[channel] ?? "";
  const composed = compose(content, own, photos.references, {
    limit,
    lengthOf: finishedLength,
    linkRoom,
    leadLength: rules.leadLength,
    leadParagraphs: rules.leadParagraphs,
    onlyText: rules.onlyText,
    accepts: (text) => countsOver(text, rules.most).length === 0,
    hashtags: (text) => hashtagLine(input, text, rules.hashtags),
  });
  const { text, warnings } = finish(composed.text);
  const length = lengthOf(text);
  // Who put an address into the text has chosen where readers go.
  const link = /https?:\/\//i.test(own) ? null : linkOf(composed, rules.link, finish);
  const hasRoom = length + linkRoom <= limit;
  return {
    channel,
    text: [text],
    link: hasRoom ? link : null,
    length,
    limit,
    photos: photos.shown,
    left_out: photos.left_out,
    article: null,
    warnings: [
      ...(rules.needsPhoto && photos.shown.length === 0 ? [photoNeeded(photos)] : []),
      ...composed.warnings,
      ...(link !== null && !hasRoom ? [warn("link-left-out")] : []),
      ...warnings,
      ...countsOver(text, rules.most),
      ...photos.warnings,
    ],
  };
}

/** Says which photo was too small, where there is one that was. */
function photoNeeded({ warnings }: Pick<PhotoChoice, "warnings">): Warning {
  const tooSmall = warnings.find(({ code }) => code === "photo-too-small");
  return { code: "photo-needed", params: { ...tooSmall?.params } };
}

function unchanged(text: string): { text: string; warnings: Warning[] } {
  return { text, warnings: [] };
}

function hashtagLine({ content }: PublicInput, text: string, max: number): string {
  return proposeHashtags(content, text, max)
    .map((tag) => `#${tag}`)
    .join(" ");
}

function linkOf(
  { text, linkAt }: Composed,
  when: CaptionRules["link"],
  finish: NonNullable<CaptionRules["finish"]>,
): Rendering["link"] {
  if (when === "never") return null;
  return { when, at: finish(text.slice(0, linkAt)).text.length, before: beforeLink };
}

function countsOver(text: string, most: CaptionRules["most"]): Warning[] {
  if (most === undefined) return [];
  const [tags, names] = [hashtagsIn(text).length, mentionsIn(text).length];
  return [
    ...(tags > most.hashtags ? [warn("hashtags-over", { count: tags, limit: most.hashtags })] : []),
    ...(names > most.mentions ? [warn("mentions-over", { count: names, limit: most.mentions })] : []),
  ];
}
