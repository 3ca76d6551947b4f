import type { PhotoErrors } from "../../errors/photo.js";
import type { photo as original } from "../id/photo.js";
import type { ErrorSentences } from "../types.js";
import { systemReason } from "./system-reasons.js";

export const photo: typeof original = {
  reading: "Reading photos",
  preparing: "Preparing photos",
  inspecting: "Inspecting photos",
  drawing: "Making the contact sheet",
  made: (p) =>
    p.written === 0 && p.failed === 0
      ? `Nothing to make: ${p.skipped} files are in ${p.folder} already`
      : `${p.written} files written to ${p.folder}` +
        (p.skipped > 0 ? `, ${p.skipped} there already` : "") +
        (p.failed > 0 ? `, ${p.failed} photos failed` : ""),
  wouldMake: (p) =>
    `${p.files} files would be made from ${p.photos} photos in ${p.folder}; nothing was made.`,
  failedSoFar: (p: { count: number }) => `${p.count} failed`,
  failedPhotos: (p: { reason: string; names: readonly string[]; count: number }) =>
    `${p.reason} (${p.count} photos: ${p.names.join(", ")}${p.count > p.names.length ? `, and ${p.count - p.names.length} more` : ""})`,
  videosSkipped: (p) => `${p.count} videos were passed over; only photos are prepared.`,
  ignored: (p) => `${p.count} files were passed over: they are results of kominfo itself.`,
  sheetMade: (p) => `Contact sheet: ${p.path}`,
  pace: (p) => `${p.perSecond} photos/s`,
  fromWhatsapp: (p) =>
    `${p.count} photos seem to come by WhatsApp and are smaller than ${p.presets.join(", ")}. ` +
    "Ask for the originals (sent as a document) if there are any.",
  smaller: (p) =>
    `${p.count} photos are smaller than ${p.presets.join(", ")}; what was made is not enlarged.`,
  notes: {
    "first-frame-only": (p) => `It holds ${p.frames} pictures in a row; only the first is used.`,
    "smaller-than-preset": (p) =>
      `The photo is smaller than this size; what was made is ${p.width} x ${p.height}.`,
    "quality-lowered": (p) => `The quality was lowered to ${p.quality} to meet the limit on bytes.`,
  },
  metadata: {
    gps: "place on the map",
    place: "name of the place",
    serials: "serial number",
    owner: "owner or photographer",
    persons: "people in it",
    camera: "camera",
    taken: "time",
    software: "software",
    description: "description",
    inside: "hidden",
    thumbnail: "a thumbnail",
    makerNote: "the camera maker's notes",
    pictures: (p) => `${p.count} more pictures`,
    video: "a short film with sound",
    trailer: (p) => `${p.size} behind the picture`,
    nothing: "Tells nothing of who took it.",
  },
  inspected: (p) =>
    p.exposed === 0
      ? `${p.photos} photos inspected; none gives away a place or an owner.`
      : `${p.exposed} of ${p.photos} photos give away private data` +
        (p.located > 0 ? `, ${p.located} of them where they were taken.` : "."),
  inspectedAdvice: "What `kominfo photo resize` makes carries none of it.",
  rotated: "turned",
  sheet: {
    title: "Contact sheet",
    made: (p) => `Made ${p.when}`,
    photos: (p) => `${p.count} photos`,
    renditions: (p) => `${p.count} renditions`,
    failures: (p) => `${p.count} failed`,
    warnings: (p) => `${p.count} to look at`,
    located: (p) => `${p.count} hold a place`,
    crops: "Coloured boxes on the original show what is used of it:",
    removed: "In the original, not in what was made:",
    tells: "What this photo carries:",
    unseen: (p) => `${p.count} pictures are not shown, to keep this sheet from growing too large.`,
    pictureMissing: "no picture",
    offline: "This page is whole in one file and loads nothing from the internet.",
  },
};

export const photoErrors: ErrorSentences<PhotoErrors> = {
  "photo-preset-unknown": (p) => [
    `There is no size "${p.name}". Did you mean "${p.nearest}"?`,
    `Sizes: ${p.presets.join(", ")}`,
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
  "photo-too-costly": (p) => [
    `The photo ${p.path} takes more memory or time to open than a photo may.`,
    "Open it in any picture program, save it as an ordinary JPEG, and send that.",
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
    p.unit === "entries"
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
    `${p.path} cannot be written (${systemReason(p.reason)}).`,
    "See that the folder is writable and the disk has room, then run the same command again.",
  ],
};
