import { type Entry, getFileNameLowLevel } from "yauzl";
import { fromWindows1252 } from "../../text/windows-1252.js";

/** Bit 11 of the flags: the name is UTF-8 (PKWARE APPNOTE 6.3.10, 4.4.4). */
const utf8Flag = 0x800;

/**
 * The name of an entry: as its Unicode field says (0x7075, Info-ZIP), as its flag says, and else as UTF-8 where the bytes are
 * UTF-8, because macOS and many phones write it without the flag. What remains is Windows-1252 where it reads as that, else code page 437.
 */
export function nameOfEntry({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  if (!isUtf8(fileNameRaw) && isWindows1252(fileNameRaw)) return fromWindows1252(latinOf(fileNameRaw));
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

/**
 * Whether a name that is not UTF-8 is rather Windows-1252: code page 437 has frames and Greek letters where Windows has those of
 * Europe, which no name of a photo holds; or there are quotation marks or dashes as these are set.
 */
function isWindows1252(bytes: Uint8Array): boolean {
  return /[\xb0-\xff]|\x93[^\x93\x94]+\x94|(^| )[\x96\x97]( |$)|[a-z]\x92[a-z]/i.test(latinOf(bytes));
}

function latinOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** Whether macOS added an entry of this name to the archive. */
export function isHiddenName(name: string): boolean {
  return /(^|[/\\])(\._[^/\\]*$|__MACOSX[/\\])/.test(name);
}

/** The folder of an entry within its archive, in lower case, because some disks do not distinguish it. */
export function folderOfName(name: string): string {
  return name.toLowerCase().replaceAll("\\", "/").split("/").slice(0, -1).join("/");
}
