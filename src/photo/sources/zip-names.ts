import { type Entry, getFileNameLowLevel } from "yauzl";

/** Bit 11 of the flags: the name is UTF-8 (PKWARE APPNOTE 6.3.10, 4.4.4). */
const utf8Flag = 0x800;

/**
 * The name of an entry: as its Unicode field says (0x7075, Info-ZIP), as its flag says, and else as UTF-8 where the bytes are
 * UTF-8, because macOS and many phones write it without the flag. What remains is code page 437.
 */
export function nameOfEntry({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const flag = isUtf8(fileNameRaw) ? generalPurposeBitFlag | utf8Flag : generalPurposeBitFlag & ~utf8Flag;
  return getFileNameLowLevel(flag, fileNameRaw, extraFields, true);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether macOS added an entry of this name to the archive. */
export function isHiddenName(name: string): boolean {
  return /(^|[/\\])(\._[^/\\]*$|__MACOSX[/\\])/.test(name);
}

/** The folder of an entry within its archive, in lower case, because some disks do not distinguish it. */
export function folderOfName(name: string): string {
  return name.toLowerCase().replaceAll("\\", "/").split("/").slice(0, -1).join("/");
}
