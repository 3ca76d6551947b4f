import type { FileErrors } from "../../errors/files.js";
import type { ErrorSentences } from "../types.js";

export const fileErrors: ErrorSentences<FileErrors> = {
  "file-not-found": (p) => [
    `The file ${p.path} does not exist.`,
    "Look at its name and place; a file may also be dragged onto the terminal.",
  ],
  "file-unreadable": (p) => [`The file ${p.path} cannot be read (${p.reason}).`],
  "outside-workspace": (p) => [`${p.path} lies outside this workspace.`],
  "lock-held": (p) => [
    `${p.path} is in use by another process (${p.host}, pid ${p.pid}).`,
    "Wait for it to finish, then run the same command again.",
    `If no other kominfo is running: rm "${p.path}"`,
  ],
};
