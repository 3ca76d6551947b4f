import type { PostPhoto } from "./types.js";

/** A part of a photo: [left, top, width, height], each 0 to 1 of the upright photo. */
type Box = readonly [left: number, top: number, width: number, height: number];

/** As many places as front matter has: a thousandth of a percent is less than a pixel of any photo. */
const places = 3;
const one = 10 ** places;

/** Reads a box as `samar:` holds it: "12.5%,30%,10%,15%". Returns undefined for anything else, and for one that is empty or lies outside. */
export function readBox(text: string): Box | undefined {
  const parts = text.split(",").map((part) => /^\s*(\d{1,3}(?:\.\d{1,6})?)\s*%\s*$/.exec(part)?.[1]);
  if (parts.length !== 4 || parts.some((part) => part === undefined)) return undefined;
  const [x, y, w, h] = parts.map((part) => Number(part) / 100) as [number, number, number, number];
  const isInside = x < 1 && y < 1 && w > 0 && h > 0 && w <= 1 && h <= 1;
  return isInside ? [x, y, w, h] : undefined;
}

/** The inverse of `readBox`, rounded outwards: a part is never smaller than it was drawn. What lies outside the photo is cut off. */
export function writeBox([x, y, w, h]: Box): string {
  const down = (share: number) => Math.floor(Number((share * 100 * one).toFixed(3))) / one;
  const up = (share: number) => Math.ceil(Number((share * 100 * one).toFixed(3))) / one;
  const [left, top] = [down(x), down(y)];
  const [right, bottom] = [up(Math.min(1, x + w)), up(Math.min(1, y + h))];
  const size = (from: number, to: number) => Number((to - from).toFixed(places));
  return [left, top, size(left, right), size(top, bottom)].map((part) => `${part}%`).join(",");
}

/** The boxes of a photo, as the engine takes them; undefined where there are none. */
export function boxesOf({ blur = [] }: Pick<PostPhoto, "blur">): Box[] | undefined {
  const boxes = blur.flatMap((text) => {
    const box = readBox(text);
    return box ? [box] : [];
  });
  return boxes.length > 0 ? boxes : undefined;
}

/** A smaller part hides nobody: whoever wrote one meant shares or percents, and shall not read that it was done. Pixels */
const leastPixels = 4;

/**
 * Reads a box as a person types it, "x,y,w,h": pixels of the upright photo, or percents of it, also mixed; between semicolons a comma is a
 * decimal one. Returns undefined for anything else, for a box that begins outside the photo, and for one of which less than a few pixels
 * lie in it.
 */
export function parseBox(
  typed: string,
  { width, height }: { width: number; height: number },
): Box | undefined {
  const apart = typed.split(";");
  const words = apart.length === 4 ? apart.map((word) => word.replace(",", ".")) : typed.split(/[,;]/);
  const parts = words.map((part) => /^\s*(\d+(?:\.\d+)?)\s*(%|px)?\s*$/.exec(part));
  if (parts.length !== 4 || parts.some((part) => part === null)) return undefined;
  const wholes = [width, height, width, height];
  const [x, y, w, h] = parts.map((part, i) => {
    const [, number, unit] = part!;
    return unit === "%" ? Number(number) / 100 : Number(number) / wholes[i]!;
  }) as [number, number, number, number];
  if (!(x < 1 && y < 1)) return undefined;
  const [within, high] = [Math.min(w, 1 - x), Math.min(h, 1 - y)];
  // A photo may be no larger than an icon.
  const isSeen = (share: number, whole: number) => Math.round(share * whole) >= Math.min(leastPixels, whole);
  return isSeen(within, width) && isSeen(high, height) ? [x, y, within, high] : undefined;
}
