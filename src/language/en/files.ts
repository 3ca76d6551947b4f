import type { FileErrors } from "../../errors/files.js";
import type { ErrorSentences } from "../types.js";
import { systemHints, systemReason } from "./system-reasons.js";

export const fileErrors: ErrorSentences<FileErrors> = {
  "file-not-found": (p) => [
    `The file ${p.path} does not exist.`,
    "Look at its name and place; a file may also be dragged onto the terminal.",
  ],
  "file-unreadable": (p) => [
    `The file ${p.path} cannot be read (${systemReason(p.reason)}).`,
    ...systemHints(p.reason),
  ],
  "text-unreadable": (p) => {
    const where = p.line ? `${p.path}, line ${p.line}` : p.path;
    const again = "Open that file in a text editor and save it again as UTF-8.";
    if (p.fault === "lost") {
      return [
        `${where}: a letter was lost and has become the sign \ufffd.`,
        "Correct that letter, or save the original file again as UTF-8.",
      ];
    }
    if (p.fault === "damaged") return [`${where}: this UTF-16 text is damaged or cut off.`, again];
    if (p.fault === "mixed") {
      return [`${where}: part of this text is UTF-8 and part is not, so its letters are uncertain.`, again];
    }
    return [`${where}: this is not text, or it is saved in an unknown way.`, again];
  },
  "outside-workspace": (p) => [`${p.path} lies outside this workspace.`],
  "link-outside": (p) => [
    `${p.link} is a link to ${p.leadsTo}, outside the folder ${p.folder}, so it is not used.`,
    `If you need what is there, copy it to this place; if not, remove the link: rm "${p.link}"`,
  ],
  "lock-held": (p) =>
    p.pid === 0
      ? [
          `${p.path} says that another kominfo is at work here, but not which one.`,
          "Wait for other kominfo to finish, then run the same command again.",
          `If no other kominfo is running, a computer that went off has left it: rm "${p.path}"`,
        ]
      : [
          `${p.path} is in use by another process (${p.host}, pid ${p.pid}).`,
          "Wait for it to finish, then run the same command again.",
          `If no other kominfo is running: rm "${p.path}"`,
        ],
};
