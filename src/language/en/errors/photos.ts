import type { photos as original } from "../../id/errors/photos.js";

export const photos: typeof original = {
  "photo-preset-unknown": (p) => [
    `There is no size "${p.name}". Did you mean "${p.nearest}"?`,
    `Sizes: ${p.known.join(", ")}`,
  ],
  "photo-none-found": (p) => [`There is no photo in ${p.path}.`, "Look at the name of the file or folder."],
  "photo-not-supported": (p) => {
    const kinds: Record<string, string> = {
      raw: "a camera's raw file",
      bmp: "a BMP image",
      svg: "an SVG image",
      pdf: "a PDF document",
      zip: "a ZIP file",
      video: "a video",
      device: "a device, not a file",
    };
    if (p.found === "empty") return [`${p.path} is empty.`, "Copy the photo from the camera or phone again."];
    return [
      `${p.path} is not a photo that can be used: it is ${kinds[p.found] ?? "no image that is known"}.`,
      "What can be used: JPEG, HEIC, PNG, WebP, AVIF, TIFF and GIF.",
    ];
  },
  "photo-heic-decoder-missing": (p) => [
    `${p.path} is HEIC, and what reads HEIC (libheif-js) is not installed.`,
    "Install kominfo again with its optional packages: npm install --include=optional",
    "Or send that photo again as JPEG. On an iPhone: Settings > Camera > Formats > Most Compatible",
  ],
  "photo-damaged": (p) => [
    `The photo ${p.path} is damaged or cut off.`,
    "Copy it from the camera or phone again.",
  ],
  "photo-too-large": (p) => [
    `The photo ${p.path} is too large: ${p.width} x ${p.height} pixels; the limit is ${p.megapixels} megapixels.`,
    "Make it smaller first.",
  ],
  "photo-file-too-large": (p) => [
    `The photo file ${p.path} is too large: ${Math.ceil(p.bytes / 2 ** 20)} MB; the limit is ${p.limit / 2 ** 20} MB.`,
    "Save it again as JPEG.",
  ],
  "photo-sheet-name": (p) => [
    `The name of a contact sheet must end in .html, not "${p.path}".`,
    "For example: --sheet sheet.html",
  ],
  "photo-zip-damaged": (p) => [
    `The ZIP file ${p.path} is damaged or cut off.`,
    "Copy or download it again, or unpack it yourself and give the folder.",
  ],
  "photo-zip-too-large": (p) => [
    p.what === "entries"
      ? `${p.path} holds too many files; the limit is ${p.limit}.`
      : `What ${p.path} holds is too large; the limit is ${Math.round(p.limit / 2 ** 30)} GB.`,
    "Make several ZIP files of it, or unpack it yourself and give the folder.",
  ],
  "photo-zip-locked": (p) => [
    `${p.path} is locked with a password.`,
    "Unpack the ZIP file yourself with its password, then give the folder.",
  ],
  "photo-zip-entry-damaged": (p) => [
    `${p.path} cannot be taken out of the ZIP file: it is damaged, or no photo.`,
    "Ask for that photo to be sent again.",
  ],
  "photo-bytes-limit": (p) => [
    `${p.path} cannot be made as small as ${p.limit} bytes for the size "${p.preset}".`,
    "Raise the bytes limit of that size in kominfo.yaml, or lower its width and height.",
  ],
  "photo-text-too-long": (p) => [
    `The text for ${p.path} is too long to be kept in the photo (at most ${p.limit} bytes).`,
    "Shorten its caption or alt text.",
  ],
  "watermark-unusable": (p) => [
    `${p.path} cannot be used as a watermark.`,
    "Use a PNG or WebP image, best with a transparent ground.",
  ],
  "photo-not-written": (p) => [
    `${p.path} cannot be written (${p.reason}).`,
    "See that the folder is writable and the disk has room, then run the same command again.",
  ],
};
