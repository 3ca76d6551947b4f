import type { errors as original } from "../id/errors.js";

export const errors: typeof original = {
  // files
  "file-not-found": (p) => [`The file ${p.path} does not exist.`],
  "file-unreadable": (p) => [`The file ${p.path} cannot be read (${p.reason}).`],
  "outside-workspace": (p) => [`${p.path} lies outside this workspace.`],
  "lock-held": (p) => [
    `${p.path} is in use by another process (${p.host}, pid ${p.pid}).`,
    "Wait for it to finish, then run the same command again.",
  ],
};
