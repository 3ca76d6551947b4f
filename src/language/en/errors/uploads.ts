import type { uploads as original } from "../../id/errors/uploads.js";

export const uploads: typeof original = {
  "captions-invalid": (p) => [
    p.columns.length > 0
      ? `The columns of ${p.path} are not known: ${p.columns.join(", ")}.`
      : `${p.path} cannot be read as a list of captions.`,
    "Its first line names the columns: file, caption, alt, credit",
    "Save it from Excel as CSV (comma or semicolon).",
  ],
  "photo-own-rendition": (p) => [`${p.path} was made by kominfo itself; send the original photo.`],
  "disk-too-full": (p) => [
    `There is not enough room on the disk to prepare the photos: about ${megabytes(p.needed)} needed, ${megabytes(p.free)} left.`,
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
    `The post would have ${p.count} photos; it may have at most ${p.most}.`,
    "Send them all to an event's album: kominfo photo upload <photos> --event <name of the event>",
    "Then choose some for the post.",
  ],
  "bad-rate": (p) => [
    `${p.flag} does not know "${p.value}".`,
    "Example: 500k (500 kilobytes a second) or 2M",
  ],
  "watch-folder-missing": (p) => [`${p.path} is no folder that can be watched.`],
  "photos-not-taken": (p) =>
    p.why === "quota"
      ? [
          `${p.origin} takes no more photos now: too many of yours are in no post or album yet.`,
          "First submit the posts that use them, then run the same command again.",
          "Photos that nothing uses are removed by themselves after seven days.",
        ]
      : [
          `${p.origin} takes no photos now: its storage is nearly full.`,
          "Tell the newsroom's admin, and run the same command again later.",
        ],
  "submission-queued": (p) => [
    `Not sent yet: the post ${p.post} is queued on this computer.`,
    "Once there is a connection, send it with: kominfo sync",
  ],
};

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`;
}
