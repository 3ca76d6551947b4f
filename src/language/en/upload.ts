import type { upload as original } from "../id/upload.js";

export const upload: typeof original = {
  steps: {
    reading: "Reading photos",
    preparing: "Preparing photos",
    asking: "Asking the newsroom",
    uploading: "Uploading photos",
    listing: "Listing photos",
  },
  quota: (p) => `This will use about ${p.size} of your data plan. Continue?`,
  perSecond: (p) => `${p.size}/s`,
  left: (p) => `${p.time} left`,
  of: (p) => `${p.sent} of ${p.size}`,
  waiting: (p) => `${p.reason} Trying again in ${p.seconds} s.`,
  to: (p) => (p.post === undefined ? `the album "${p.event}"` : `the post ${p.post}`),
  rows: { uploaded: "Uploaded", present: "There already", failed: "Failed", waiting: "Waiting" },
  photos: (p) => (p.count === 1 ? "1 photo" : `${p.count} photos`),
  done: (p) => `${p.total === 1 ? "1 photo is" : `${p.total} photos are`} complete in ${p.where}.`,
  nothing: "No photos to send.",
  partly: (p) => `${p.done} of ${p.total} photos are complete in ${p.where}.`,
  unfinished: "The others wait. Run the same command again, or: kominfo sync",
  would: (p) =>
    `Would send to ${p.where}: ${p.total} photos (${p.make} still to prepare, ${p.ready} ready, ${p.size}). Nothing has been sent.`,
  unusedCaptions: (p) =>
    `${p.count} lines of ${p.path} match no photo: ${p.names.join(", ")}${p.count > p.names.length ? ", …" : ""}`,
  captionsRead: (p) => `Captions read from ${p.path}`,
  watching: (p) => `Watching ${p.path}; photos are sent as soon as they are complete. Ctrl-C stops.`,
  batch: (p) => `Continuing the photos for ${p.where}`,
  sending: (p) => `Sending the post ${p.post}`,
  sent: (p) => `The post ${p.post} was sent (revision ${p.revision}).`,
  elsewhere: (p) =>
    `The photos for ${p.where} were begun for ${p.origin}; this workspace uses another address, so they are left out.`,
  clean: "Everything has been sent; nothing is left.",
};
