import { renderText } from "../rendering/caption.js";
import { uncropped } from "../rendering/photos.js";
import type { PublicInput, Rendering } from "../rendering/types.js";
import { facebook } from "./channel.js";

/** Longest side in pixels that Facebook shows. */
const longestSide = 2048;

/** Renders a post of a Facebook page: text, the article's address once it is known, photos uncropped. */
export function render(input: PublicInput): Rendering {
  return renderText(input, {
    channel: "facebook",
    limit: facebook.limits.textLength,
    leadLength: 1000,
    leadParagraphs: 8,
    onlyText: false,
    hashtags: 5,
    link: "known",
    photos: { max: facebook.limits.photos, frame: uncropped(longestSide) },
  });
}
