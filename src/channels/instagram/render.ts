import { renderText } from "../rendering/caption.js";
import { clamp, cropTo } from "../rendering/crop.js";
import type { PhotoRules, PhotoWithSize } from "../rendering/photos.js";
import type { PublicInput, Rendering, Size } from "../rendering/types.js";
import { instagram } from "./channel.js";

// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media: 320 to 1440 pixels wide,
// width by height from 4:5 to 1.91:1; a carousel is cropped to its first picture.
const [minWidth, maxWidth] = [320, 1440];
const [minRatio, maxRatio] = [0.8, 1.91];

/** Renders an Instagram post: a caption without link, and photos that are all cropped to the ratio of the first. */
export function render(input: PublicInput): Rendering {
  return renderText(input, {
    channel: "instagram",
    limit: instagram.limits.textLength,
    leadLength: 1000,
    leadParagraphs: 8,
    onlyText: false,
    hashtags: 5,
    most: { hashtags: 5, mentions: 20 },
    link: "never",
    photos: { max: instagram.limits.photos, minWidth, frame },
    needsPhoto: true,
  });
}

/**
 * Crops to the ratio of the first photo, within Instagram's bounds, around the photo's focus. Without one around the centre: what
 * a program finds interesting may differ with its version, and a rendering must not.
 */
const frame: PhotoRules["frame"] = ({ photo, size }, first) => {
  const ratio = ratioOf(first);
  const crop = cropTo(size, ratio, photo.focus);
  return { crop, ...sizeOf(crop ?? size, ratio) };
};

function ratioOf({ size }: PhotoWithSize): number {
  return clamp(size.width / size.height, minRatio, maxRatio);
}

/** Scales to Instagram's width; rounds the height so that the bounds are kept to the pixel. */
function sizeOf({ width }: Size, ratio: number): Size {
  const scaled = Math.min(width, maxWidth);
  const height = Math.round(scaled / ratio);
  return {
    width: scaled,
    height: clamp(height, Math.ceil(scaled / maxRatio), Math.floor(scaled / minRatio)),
  };
}
