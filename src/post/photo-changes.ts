import type { PostPhoto } from "./types.js";

/** The photos with one of them changed; the others are the same. Texts that are "" are taken out. */
export function changePhoto(
  photos: readonly PostPhoto[],
  file: string,
  changes: Partial<Record<"caption" | "alt" | "credit" | "focus", string>> &
    Partial<Pick<PostPhoto, "source" | "children" | "consent" | "blur">>,
): PostPhoto[] {
  return photos.map((photo) => {
    if (photo.file !== file) return photo;
    const { caption, alt, credit, focus, blur, consent, ...rest } = { ...photo, ...changes };
    const texts = Object.entries({ caption, alt, credit, focus }).filter(([, text]) => text?.trim());
    return {
      ...rest,
      ...Object.fromEntries(texts),
      ...(consent && { consent }),
      ...(blur && blur.length > 0 && { blur }),
    };
  });
}

/** The photos in a new order. @param place of the photo afterwards, from 1; beyond the end is the end */
export function movePhoto(photos: readonly PostPhoto[], file: string, place: number): PostPhoto[] {
  const moved = photos.find((photo) => photo.file === file);
  const rest = photos.filter((photo) => photo !== moved);
  if (moved) rest.splice(Math.max(0, place - 1), 0, moved);
  return rest;
}

/** The photos without this one. */
export function removePhoto(photos: readonly PostPhoto[], file: string): PostPhoto[] {
  return photos.filter((photo) => photo.file !== file);
}

/** The photos, of which this one leads. */
export function leadWith(photos: readonly PostPhoto[], file: string): PostPhoto[] {
  return photos.map((photo) => ({ ...photo, lead: photo.file === file }));
}

/** Places in a photo by name, as fractions from the left and from the top: thirds, so that a crop has room around it. */
const places: Readonly<Record<string, string>> = {
  tengah: "0.5,0.5",
  atas: "0.5,0.2",
  bawah: "0.5,0.8",
  kiri: "0.2,0.5",
  kanan: "0.8,0.5",
  "kiri-atas": "0.2,0.2",
  "kanan-atas": "0.8,0.2",
  "kiri-bawah": "0.2,0.8",
  "kanan-bawah": "0.8,0.8",
};
export const placeNames = Object.keys(places);
const synonyms: Readonly<Record<string, string>> = {
  ...{ centre: "tengah", center: "tengah", top: "atas", bottom: "bawah", left: "kiri", right: "kanan" },
  ...{ "top-left": "kiri-atas", "top-right": "kanan-atas", "atas-kiri": "kiri-atas" },
  ...{ "bottom-left": "kiri-bawah", "bottom-right": "kanan-bawah", "atas-kanan": "kanan-atas" },
  ...{ "bawah-kiri": "kiri-bawah", "bawah-kanan": "kanan-bawah" },
};

/**
 * Reads a focus as a person types it: a place ("atas", "top"), a point ("0.5,0.3", "50%,30%"), or "otomatis" for none (""). Returns
 * undefined for anything else.
 */
export function parseFocus(typed: string): string | undefined {
  const word = typed.trim().toLowerCase().replace(/\s+/g, "-");
  if (["otomatis", "auto", "-"].includes(word)) return "";
  const place = places[synonyms[word] ?? word];
  if (place) return place;
  const parts = typed
    .replace(/^\s*\[|\]\s*$/g, "")
    .split(/\s*[,;]\s*/)
    .map((part) => /^\s*(\d{1,3}(?:\.\d{1,6})?)\s*(%)?\s*$/.exec(part));
  if (parts.length !== 2 || parts.some((part) => part === null)) return undefined;
  const numbers = parts.map((part) => Number((Number(part![1]) / (part![2] ? 100 : 1)).toFixed(6)));
  return numbers.every((number) => number <= 1) ? numbers.join(",") : undefined;
}
