import { renderText } from "../rendering/caption.js";
import { uncropped } from "../rendering/photos.js";
import type { PublicInput, Rendering } from "../rendering/types.js";
import { x } from "./channel.js";
import { keepTitles, weightedLength } from "./links.js";

/** Longest side in pixels that X keeps. */
const longestSide = 4096;

/** Renders one post on X: text, the article's address only where a person asks for it, photos uncropped. */
export function render(input: PublicInput): Rendering {
  return renderText(input, {
    channel: "x",
    limit: x.limits.textLength,
    lengthOf: weightedLength,
    finish: keepTitles,
    // A sentence or two: more is not shown without a click elsewhere, and here it does not fit.
    leadLength: 600,
    leadParagraphs: 2,
    onlyText: true,
    hashtags: 0,
    link: "asked",
    // Every address counts 23.
    linkLength: 2 + 23,
    photos: { max: x.limits.photos, frame: uncropped(longestSide) },
  });
}
