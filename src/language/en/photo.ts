import type { photo as original } from "../id/photo.js";

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
  told: {
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
    p.telling === 0
      ? `${p.photos} photos inspected; none gives away a place or an owner.`
      : `${p.telling} of ${p.photos} photos give away private data` +
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
