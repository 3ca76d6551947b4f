/** What the system or the database says, in words: the reason in a sentence about a file or a port. Another word stays as it is. */
export function systemReason(code: string): string {
  const reasons: Record<string, string> = {
    EACCES: "not permitted",
    EPERM: "not permitted",
    EROFS: "that place is read-only",
    ENOSPC: "the disk is full",
    EDQUOT: "the disk quota is used up",
    EFBIG: "the file is too large for that disk",
    EIO: "that disk fails",
    ENXIO: "the device is not there",
    ENODEV: "the device is not there",
    ESTALE: "the network disk is not connected any more",
    EEXIST: "it is there already",
    ENOTDIR: "there is a file on that path, not a folder",
    EISDIR: "it is a folder, not a file",
    ENOTEMPTY: "the folder is not empty",
    ENOENT: "not found",
    ENAMETOOLONG: "the name is too long",
    ELOOP: "its links go in a circle",
    EBUSY: "another program uses it",
    ETXTBSY: "another program uses it",
    EMFILE: "too many files are open",
    ENFILE: "too many files are open",
    EXDEV: "it is on another disk",
    ENOTSUP: "that disk cannot do it",
    EADDRINUSE: "another program uses it",
    EADDRNOTAVAIL: "it is no address of this computer",
    SQLITE_FULL: "the disk is full",
    SQLITE_READONLY: "that place is read-only",
    SQLITE_CANTOPEN: "the file of the database cannot be opened",
    SQLITE_NOTADB: "the file is no database",
    SQLITE_CORRUPT: "the file of the database is damaged",
  };
  const reason = reasons[code] ?? reasons[/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? ""];
  if (reason !== undefined) return reason;
  if (code === "" || code === "?") return "for a reason that is not known";
  return /^[A-Z][A-Z0-9_]+$/.test(code) ? `system error ${code}` : code;
}

/** What helps, for a reason that a person can do something about. */
export function systemHints(code: string): string[] {
  const hints: Record<string, string> = {
    EACCES: "Check the permissions of the file and its folder, or choose another place.",
    EPERM: "Check the permissions of the file and its folder, or choose another place.",
    EROFS: "Choose another place, such as your home folder.",
    ENOSPC: "Make room on the disk, then run the same command again.",
    EDQUOT: "Delete files that nobody needs, then run the same command again.",
    EIO: "Check that disk or card; copy what is on it while you can.",
    EEXIST: "Choose another name, or move away what is there.",
    ENOTDIR: "Name a folder, not a file, then run it again.",
    EISDIR: "Name a file in that folder, then run it again.",
    ENOENT: "Check its name and where it is.",
    ENAMETOOLONG: "Choose a shorter name.",
    EBUSY: "Close the program that has it open, then run the same command again.",
    ETXTBSY: "Close the program that has it open, then run the same command again.",
    EMFILE: "Close other programs, or raise the limit (Linux and macOS: ulimit -n 4096), then run it again.",
    ENFILE: "Close other programs, then run the same command again.",
    SQLITE_FULL: "Make room on the disk, then run the same command again.",
    SQLITE_READONLY: "Choose another place, or check its permissions.",
  };
  const hint = hints[code];
  return hint === undefined ? [] : [hint];
}

/** What is said where the stream of results fails, once the command has ended. */
export function unwrittenResult(code: string): string {
  return `The result cannot be written (${systemReason(code)}).`;
}
