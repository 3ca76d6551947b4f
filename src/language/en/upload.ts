import type { UploadErrors } from "../../errors/upload.js";
import { formatMegabytes } from "../../text/bytes.js";
import type { upload as original } from "../id/upload.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";
import { diagnosticLine } from "./diagnostic-line.js";

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
  waiting: (p) => `Trying again in ${p.seconds} s (try ${p.next}/${p.of}): ${p.reason}`,
  failedSoFar: (p: { count: number }) => `${p.count} failed`,
  to: (p) => (p.post === undefined ? `the album "${p.event}"` : `the post ${p.post}`),
  rows: { uploaded: "Uploaded", present: "There already", failed: "Failed", waiting: "Waiting" },
  photos: (p) => counted(p.count, "photo"),
  done: (p) => `${counted(p.total, "photo is", "photos are")} complete in ${p.where}.`,
  nothing: "No photos to send.",
  nothingLeft: (p) => `There are no photos left to send for ${p.where}.`,
  partly: (p) =>
    `${p.done} of ${counted(p.total, "photo")} ${p.done === 1 || p.total === 1 ? "is" : "are"} complete in ${p.where}.`,
  unfinished: "The others wait. Run the same command again, or: kominfo sync",
  would: (p) =>
    `Would send to ${p.where}: ${counted(p.total, "photo")} (${p.make} still to prepare, ${p.ready} ready, ${p.size}). Nothing has been sent.`,
  unreadCaptions: (p) =>
    `The IPTC caption in ${p.names.join(", ")}${p.count > p.names.length ? ", …" : ""} is in a character set that is not known (perhaps Mac OS Roman), so it is not used. Write the caption into takarir.csv.`,
  unusedCaptions: (p) => {
    const rows = p.unmatched.map(
      ({ line, name, nearest }) =>
        `${name} (line ${line}${nearest === undefined ? "" : `; did you mean "${nearest}"?`})`,
    );
    return `${counted(p.count, "line")} of ${p.path} without a photo: ${rows.join(", ")}${p.count > rows.length ? ", …" : ""}`;
  },
  repeatedCaptions: (p) =>
    `${p.path} names ${p.name} more than once (lines ${p.at.join(", ")}); line ${p.line} counts.`,
  samePicture: (p) =>
    `${counted(p.count, "photo")} ${p.count === 1 ? "is" : "are"} the same picture as another, so listed once, with the captions of the first: ${p.repeated
      .slice(0, 4)
      .map(({ name, as }) => `${name} (same as ${as})`)
      .join(", ")}${p.count > 4 ? ", …" : ""}`,
  sentBlurred: (p) =>
    `${p.count === 1 ? "1 photo is" : `${p.count} photos are`} sent with the parts blurred that are blurred in the post: ${p.names.slice(0, 4).join(", ")}${p.names.length > 4 ? ", …" : ""}`,
  namesakeBlurred: (p) =>
    `${p.name} is not blurred. A photo of the same name is blurred in the post ${p.slug}, but its file is another. If it is the same photo, blur it first with kominfo photo blur.`,
  captionsRead: (p) => `Captions read from ${p.path}`,
  captionsEmpty: (p) =>
    `${p.path} has no captions yet: there is no row below the names of the columns. The photos are sent all the same, without captions from there.`,
  watchLeftOut: (p) => `${p.path} cannot be opened, so it is not watched. The others are.`,
  watchSent: (p) => (p.status === "uploaded" ? `${p.name} sent (${p.size})` : `${p.name} is there already`),
  watchFailed: (p) => `${p.name}: ${p.reason}`,
  watching: (p) => `Watching ${p.path}; photos are sent as soon as they are complete. Ctrl-C stops.`,
  stillWaiting: "Still waiting:",
  waitingPost: (p) => `post ${p.post}: ${p.reason}`,
  waitingPhotos: (p) => `${counted(p.count, "photo")} for ${p.where}: ${p.reason}`,
  waitingReasons: {
    refused: "you said no before; send with kominfo sync in a terminal.",
    unanswered: "not agreed to yet; answer in kominfo sync in a terminal.",
    elsewhere: "begun for another newsroom's address.",
    "post-gone": "that post is not here any more.",
    "not-tried": "not tried yet, because it stopped before; repeat: kominfo sync",
  },
  askForget: (p) =>
    `Forget ${counted(p.count, "photo")} that ${p.count === 1 ? "waits" : "wait"} for ${p.where}? They will not be sent; the files stay.`,
  batch: (p) => `Continuing the photos for ${p.where}`,
  sending: (p) => `Sending the post ${p.post}`,
  sent: (p) => `The post ${p.post} was sent (revision ${p.revision}).`,
  unchanged: (p) =>
    `The post ${p.post}: nothing has changed since revision ${p.revision}, so nothing was sent.`,
  refused: (p) =>
    `${counted(p.count, "photo")} for ${p.where} ${p.count === 1 ? "was" : "were"} not sent: you said no before. Send with kominfo sync in a terminal, or forget them with: kominfo sync --forget ${p.slug}`,
  unanswered: (p) =>
    `${counted(p.count, "photo")} for ${p.where} ${p.count === 1 ? "was" : "were"} not sent: the question before sending has no answer yet. Send with kominfo sync in a terminal, or forget them with: kominfo sync --forget ${p.slug}`,
  leftover: { send: "Yes, send now", later: "Later", forget: "Forget them: never send them" },
  forgotten: (p) =>
    `${counted(p.count, "photo")} for ${p.where} ${p.count === 1 ? "waits" : "wait"} no more, and will not be sent.`,
  elsewhere: (p) =>
    `The photos for ${p.where} were begun for ${p.origin}; this workspace uses another address, so they are left out.`,
  postGone: (p) =>
    `${p.count === 1 ? "1 photo" : `${p.count} photos`} for the post ${p.slug} ${p.count === 1 ? "was" : "were"} not sent: that post is not here any more. If it is in the bin: kominfo post delete ${p.slug} --restore; if not needed any more: kominfo sync --forget ${p.slug}`,
  clean: "Nothing waits to be sent.",
  laterChanges: (p) =>
    `What was changed since is not part of it; send it with: kominfo post submit ${p.post}`,
};

export const uploadErrors: ErrorSentences<UploadErrors> = {
  "captions-invalid": (p) => [
    p.columns.length > 0
      ? `The columns of ${p.path} are not known: ${p.columns.join(", ")}.`
      : `${p.path} cannot be read as a list of captions.`,
    "Its first line names the columns: file, caption, alt, credit",
    "Save it from Excel as CSV (comma or semicolon).",
  ],
  "captions-row": (p) => {
    const where = `${p.path}, line ${p.line}`;
    const quote = 'Put a caption that holds the separator in quotation marks: "Camat, Sekcam hadir"';
    switch (p.problem) {
      case "more-cells":
        return [`${where}: there are ${p.found} cells, but ${p.expected} columns.`, quote];
      case "fewer-cells":
        return [
          `${where}: there are only ${p.found} cells, but ${p.expected} columns.`,
          "An empty cell needs its separator too.",
        ];
      case "swallowed":
        return [
          `${where}: the quotation mark (") that opens here swallows the rows after it: ${p.text}`,
          "Close it at the end of its caption.",
        ];
      case "unclosed-quote":
        return [
          `${where}: the quotation mark (") that opens here is not closed.`,
          "Close it at the end of its caption, or delete it.",
        ];
      case "no-rows":
        return [
          `${p.path} holds names of columns and not one caption.`,
          "Write a row for each photo, or send without --captions.",
        ];
      case "column-twice":
        return [
          `${where}: there is more than one column "${p.text}".`,
          "Keep one, or give the other another name.",
        ];
      case "no-name":
        return [`${where}: the name of the photo's file is empty.`, "Fill it in, or delete the row."];
    }
  },
  "sidecar-invalid": (p) => [
    `The caption of ${p.photo} cannot be read from ${p.path}.`,
    ...p.problems.map(diagnosticLine),
    "Correct that file, then run the same command again.",
  ],
  "list-folder": (p) => [
    `${p.path} is a folder; a list has to name its photos one by one.`,
    "For all photos of a folder: kominfo photo upload <folder> --event <name of the event>",
  ],
  "photo-own-rendition": (p) => [`${p.path} was made by kominfo itself; send the original photo.`],
  "disk-too-full": (p) => [
    `There is not enough room on the disk to prepare the photos: about ${formatMegabytes(p.needed)} needed, ${formatMegabytes(p.free)} left.`,
    "Make room on the disk, then run the same command again.",
  ],
  "upload-target-missing": () => [
    "It is not clear what these photos are for.",
    "For the album of an event: --event <name of the event>",
    "For a post: --post <post>",
  ],
  "upload-target-twice": () => ["Choose one: --event or --post."],
  "event-name-invalid": (p) => [
    `"${p.name}" cannot be the name of an event.`,
    'Use letters and digits, for example: --event "Musrenbang Cibitung 2026"',
  ],
  "post-photos-too-many": (p) => [
    `The post would have ${counted(p.count, "photo")}; it may have at most ${p.max}.`,
    "Send them all to an event's album: kominfo photo upload <photos> --event <name of the event>",
    "Then choose some for the post.",
  ],
  "bad-rate": (p) => [
    `${p.flag} does not know "${p.value}".`,
    "Example: 500k (500 kilobytes a second) or 2M",
  ],
  "watch-folder-missing": (p) => [`${p.path} is no folder that can be watched.`],
  "photos-not-taken": (p) => {
    if (p.reason === "quota")
      return [
        `${p.origin} takes no more photos now: too many of yours are in no post or album yet.`,
        "First submit the posts that use them, then run the same command again.",
        "Photos that nothing uses are removed by themselves after seven days.",
      ];
    if (p.reason === "texts")
      return [
        `${p.origin} takes no more texts from you now: too much was sent in the last 24 hours.`,
        "Run the same command again tomorrow; if it happens often, tell the newsroom's admin.",
      ];
    if (p.reason === "album")
      return [
        `${p.origin} takes no more album photos of your kecamatan now: too many were added in the last 30 days.`,
        "Tell the newsroom's admin, and run the same command again later.",
      ];
    return [
      `${p.origin} takes nothing new now: its storage is nearly full.`,
      "Tell the newsroom's admin, and run the same command again later.",
    ];
  },
  "upload-waits": (p) => [
    `Stopped: ${p.done} of ${counted(p.total, "photo")} complete, ${p.left} waiting.`,
    p.agreed
      ? "What waits is sent by the next kominfo sync, also by one of a timetable."
      : "What waits is sent once you agree in kominfo sync.",
    "Send now: kominfo sync",
    `Never send the rest: kominfo sync --forget ${p.slug}`,
  ],
  "nothing-waits-for": (p) => [
    `No photos wait for "${p.name}".`,
    p.waiting.length === 0
      ? "No photos are waiting."
      : `Waiting: ${p.waiting.slice(0, 10).join(", ")}${p.waiting.length > 10 ? ", …" : ""}`,
  ],
  "submission-queued": (p) => [
    `Not sent yet: the post ${p.post} is queued on this computer.`,
    "Once there is a connection, send it with: kominfo sync",
  ],
  "submission-waits-for-login": (p) => [
    `The post ${p.post} waits on this computer to be sent, until you are logged in again.`,
    "Then send it with: kominfo sync",
    `Not to send it: kominfo post withdraw ${p.post}`,
  ],
  "withdraw-unclear": (p) => [
    `It is not clear whether ${p.post} has reached the newsroom: the answer was lost on the way.`,
    "Make sure first: kominfo sync",
    `Then withdraw it there: kominfo post withdraw ${p.post}`,
  ],
};
