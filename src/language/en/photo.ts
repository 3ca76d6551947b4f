import type { PhotoErrors } from "../../errors/photo.js";
import { lastPart } from "../../text/last-part.js";
import type { photo as original } from "../id/photo.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";
import { systemReason } from "./system-reasons.js";

/** Kinds of files that have no ending of their own. */
const kindNames: Readonly<Record<string, string>> = {
  unfinished: "unfinished download",
  misnamed: "photo with another ending",
  blurred: "photo that has a blurred version",
  other: "other file",
};
const kindsNames: Readonly<Record<string, string>> = {
  unfinished: "unfinished downloads",
  misnamed: "photos with another ending",
  blurred: "photos that have a blurred version",
  other: "other files",
};

/** @param file what a kind without a name of its own is called after it */
function countedKind({ kind, count }: { kind: string; count: number }, file: "" | " file" = ""): string {
  return counted(
    count,
    kindNames[kind] ?? kind + file,
    kindsNames[kind] ?? (file === "" ? kind : `${kind} files`),
  );
}

function fewNames(paths: readonly string[]): string {
  const names = paths.slice(0, 4).map(lastPart);
  return `${names.join(", ")}${paths.length > 4 ? ", …" : ""}`;
}

export const photo: typeof original = {
  reading: "Reading photos",
  preparing: "Preparing photos",
  inspecting: "Inspecting photos",
  drawing: "Making the contact sheet",
  made: (p) =>
    p.written + p.skipped + p.failed === 0
      ? "No photo was prepared."
      : p.written === 0 && p.failed === 0
        ? `Nothing to make: ${counted(p.skipped, "file is", "files are")} in ${p.folder} already`
        : `${counted(p.written, "file")} written to ${p.folder}` +
          (p.skipped > 0 ? `, ${p.skipped} there already` : "") +
          (p.failed > 0 ? `, ${counted(p.failed, "photo")} failed` : ""),
  wouldMake: (p) =>
    `${counted(p.files, "file")} would be made from ${counted(p.photos, "photo")} in ${p.folder}; nothing was made.`,
  failedSoFar: (p) => `${p.count} failed`,
  failedPhotos: (p) =>
    `${p.reason} (${counted(p.count, "photo")}: ${p.names.join(", ")}${p.count > p.names.length ? `, and ${p.count - p.names.length} more` : ""})`,
  videosSkipped: (p) =>
    `${counted(p.count, "video was", "videos were")} passed over; only photos are prepared.`,
  passed: {
    head: (p) =>
      `Passed over: ${[
        ...(p.files > 0 ? [counted(p.files, "file")] : []),
        ...(p.folders > 0 ? [counted(p.folders, "subfolder")] : []),
      ].join(" and ")}.`,
    folders: (p) =>
      `${counted(p.count, "subfolder")}: ${fewNames(p.paths)}. Take what is in there with --recursive.`,
    foldersApart: (p) =>
      `${counted(p.count, "subfolder")}: ${fewNames(p.paths)}. To take what is in there, name that subfolder.`,
    archives: (p) =>
      `${p.count} ZIP not opened here: ${fewNames(p.paths)}. Unpack it yourself and name the folder, or, once the post is there: kominfo post attach <post> <ZIP>`,
    unreadable: (p) => `Cannot be opened: ${fewNames(p.paths)}.`,
    pictures: (p) =>
      `${p.kinds.join(", ")} cannot be used yet (${fewNames(p.paths)}). Save them again as JPEG where they are needed.`,
    blurred: (p) =>
      `${fewNames(p.paths)}: there is a blurred version (-samar.jpg), so the original is left out. If you mean the original, name that file alone.`,
    unfinished: (p) =>
      `${counted(p.count, "unfinished download")}: ${fewNames(p.paths)}. Download or copy them again.`,
    misnamed: (p) =>
      `${counted(p.count, "photo")} with another ending: ${fewNames(p.paths)}. Use the ending .jpg, or name the files.`,
    others: (p) => `Not photos: ${p.kinds.join(", ")} (${fewNames(p.paths)}).`,
    kind: (p) => countedKind(p),
    askFolders: (p) =>
      `There ${p.count === 1 ? "is" : "are"} ${counted(p.count, "more photo")} in ${counted(p.folders, "subfolder")}. Take them, too?`,
  },
  ignored: (p) =>
    `${counted(p.count, "file was passed over: it is a result", "files were passed over: they are results")} of kominfo itself.`,
  sheetMade: (p) => `Contact sheet: ${p.path}`,
  pace: (p) => `${p.perSecond} photos/s`,
  fromWhatsapp: (p) =>
    `${counted(p.count, "photo seems", "photos seem")} to come by WhatsApp and ${p.count === 1 ? "is" : "are"} smaller than ${p.presets.join(", ")}. ` +
    "Ask for the originals (sent as a document) if there are any.",
  smaller: (p) =>
    `${counted(p.count, "photo is", "photos are")} smaller than ${p.presets.join(", ")}; what was made is not enlarged.`,
  notes: {
    "first-frame-only": (p) => `It holds ${counted(p.frames, "picture")} in a row; only the first is used.`,
    "tone-mapped": (p) =>
      `An HDR photo (${p.transfer.toUpperCase()}); its brightness was adapted to JPEG. Look at the result.`,
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
    credit: "credit",
    inside: "hidden",
    thumbnail: "a thumbnail",
    makerNote: "the camera maker's notes",
    pictures: (p) => `${p.count} more ${p.count === 1 ? "picture" : "pictures"}`,
    video: "a short film with sound",
    trailer: (p) => `${p.size} behind the picture`,
    nothing: "Tells nothing of who took it.",
    hemisphereUnknown: (p) => `${p.numbers} (north/south and east/west not recorded)`,
    unread: "not read whole",
    unreadParts: {
      "maker-note": "the camera maker's notes",
      exif: "some EXIF data",
      xmp: "some XMP data",
      gps: "data on a place",
      text: "free text, such as a comment or keywords",
      thermal: "data of a thermal camera",
      segment: "a part of an unknown kind",
      picture: "another picture in it",
      trailer: "data behind the picture",
    },
  },
  inspected: (p) => {
    const photos = counted(p.photos, "photo");
    const more = (count: number) =>
      `${count} of them ${count === 1 ? "holds" : "hold"} parts that cannot be read`;
    if (p.exposed === 0 && p.unread === 0) return `${photos} inspected; none gives away a place or an owner.`;
    if (p.exposed === 0)
      return `${photos} inspected; no place and no owner was found, but ${more(p.unread)}.`;
    return (
      `${p.exposed} of ${photos} ${p.exposed === 1 ? "gives" : "give"} away private data` +
      (p.located > 0 ? `, ${p.located} of them where it was taken.` : ".") +
      (p.unread > 0 ? ` Of the others, ${more(p.unread).replace("of them ", "")}.` : "")
    );
  },
  inspectedNone: "There is no photo that could be inspected.",
  inspectedAdvice: "What `kominfo photo resize` makes carries none of it.",
  rotated: "turned",
  sheet: {
    title: "Contact sheet",
    made: (p) => `Made ${p.when}`,
    photos: (p) => counted(p.count, "photo"),
    renditions: (p) => counted(p.count, "rendition"),
    failures: (p) => `${p.count} failed`,
    warnings: (p) => `${p.count} to look at`,
    located: (p) => `${p.count} ${p.count === 1 ? "gives" : "give"} away a place`,
    crops: "Coloured boxes on the original show what is used of it:",
    removed: "In the original, not in what was made:",
    tells: "What this photo carries:",
    unseen: (p) =>
      `${counted(p.count, "picture is", "pictures are")} not shown, to keep this sheet from growing too large.`,
    pictureMissing: "no picture",
    offline: "This page is whole in one file and loads nothing from the internet.",
  },
};

export const photoErrors: ErrorSentences<PhotoErrors> = {
  "photo-preset-unknown": (p) => [
    `There is no size "${p.name}". Did you mean "${p.nearest}"?`,
    `Sizes: ${p.presets.join(", ")}`,
  ],
  "photo-none-found": (p) => {
    const { folders = [], kinds = [], videos = 0 } = p;
    const there = [
      ...(folders.length > 0 ? [`${counted(folders.length, "subfolder")} (${fewNames(folders)})`] : []),
      ...(videos > 0 ? [counted(videos, "video")] : []),
      ...kinds.slice(0, 6).map((kind) => countedKind(kind, " file")),
    ];
    if (there.length === 0) {
      return [`There is no photo in ${p.path}.`, "Look at the name of the file or folder."];
    }
    const first = folders[0];
    return [
      `There is no photo directly in ${p.path}. There are: ${there.join(", ")}.`,
      ...(first === undefined
        ? ["Photos of other kinds: save them again as JPEG, and use that."]
        : [
            p.command
              ? `To take what is in subfolders, too: ${p.command}`
              : `Give the name of the subfolder: ${first}`,
          ]),
    ];
  },
  "photo-not-supported": (p) => {
    const kinds: Record<string, string> = {
      pdf: "a PDF document",
      zip: "a ZIP file",
      archive: "an archive (RAR, 7z or the like)",
      office: "an Office document",
      html: "a saved web page, not the photo",
      video: "a video",
      audio: "a sound recording",
      device: "a device, not a file",
    };
    const images: Record<string, string> = {
      raw: "a camera's raw file",
      bmp: "BMP",
      jxl: "JPEG XL",
      jp2: "JPEG 2000",
      psd: "Photoshop (PSD)",
      exr: "OpenEXR",
      ico: "an icon (ICO)",
      eps: "EPS",
      svg: "an SVG image",
      "jpeg-12bit": "JPEG of 12 bits",
      "jpeg-process": "a rare JPEG (neither baseline nor progressive)",
      "tiff-planar": "TIFF with separate colours (planar)",
      "tiff-kind": "TIFF of a rare compression or colour",
      "heif-kind": "a rare HEIF",
    };
    const path = p.path;
    if (p.found === "empty") return [`${path} is empty.`, "Copy the photo from the camera or phone again."];
    const image = images[p.found];
    if (image !== undefined) {
      return [
        `The kind of photo of ${path} cannot be used yet: ${image}.`,
        p.found === "raw"
          ? "Use the JPEG of the same camera, or export that photo as JPEG from its photo program."
          : "Open it in a picture program, save it again as JPEG, and use that.",
        "What can be used: JPEG, HEIC, PNG, WebP, AVIF, TIFF and GIF.",
      ];
    }
    const hints: Record<string, string> = {
      zip: /\.zip$/i.test(p.path)
        ? "Unpack that ZIP yourself, then give the folder; or send the ZIP with kominfo photo upload."
        : "Give the file the ending .zip, or unpack it yourself and give the folder.",
      archive: "Unpack it yourself, then give the folder.",
      html: "Open that page in the browser and download the photo, not the page.",
    };
    return [
      `${path} is not a photo that can be used: it is ${kinds[p.found] ?? "no image that is known"}.`,
      ...(hints[p.found] ? [hints[p.found]!] : []),
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
  "photo-zip-method": (p) => [
    `${p.path} cannot be used yet: this ZIP file uses the compression ${p.method}.`,
    "Unpack the ZIP file yourself and give the folder, or make an ordinary ZIP file (Deflate) of it.",
  ],
  "photo-zip-parts": (p) => [
    `${p.path} cannot be used yet: this ZIP file is split into several files.`,
    "Unpack the ZIP file yourself and give the folder, or ask for it as one ZIP file.",
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
