import path from "node:path";
import { lastPart } from "../text/last-part.js";

type PathModule = Pick<typeof path.posix, "resolve" | "relative" | "isAbsolute" | "sep">;

/** Names that Windows reserves for devices, with or without an ending (Microsoft, "Naming Files, Paths, and Namespaces"). */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?$/i;

/** Whether a file of this name can be made on Windows, macOS and Linux alike. */
export function isPortableName(name: string): boolean {
  return (
    name.length > 0 &&
    Buffer.byteLength(name) <= 255 &&
    !/[<>:"/\\|?*\u0000-\u001f]/.test(name) &&
    !/[. ]$/.test(name) &&
    name !== "." &&
    name !== ".." &&
    !reserved.test(name)
  );
}

/**
 * Converts `name` to a file name that every system accepts, as close to it as possible. Keeps the ending.
 *
 * @param fallback stem to use when nothing of the name can be kept, e.g. "foto"
 */
export function portableName(name: string, fallback: string): string {
  const base = lastPart(name);
  const cleaned = base
    .toWellFormed()
    .replace(/[<>:"|?*\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  const dot = cleaned.lastIndexOf(".");
  const stem = dot > 0 ? cleaned.slice(0, dot) : cleaned;
  const ending = dot > 0 ? truncateBytes(cleaned.slice(dot), 16).trimEnd() : "";
  const short = truncateBytes(stem, 100).trim() || fallback;
  const named = `${short}${ending}`;
  return reserved.test(named) ? `${fallback}-${named}` : named;
}

/** A file name as the newsroom can store it. */
export function storableName(name: string): string {
  return name.toWellFormed().replace(/[\u0000\ufffd]/g, "_");
}

function truncateBytes(text: string, bytes: number): string {
  let kept = "";
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}

/**
 * Whether `target` lies in `folder` (or is it), both as this system resolves them; symbolic links are not followed.
 *
 * @param system path.win32 in tests of Windows rules
 */
export function isInside(folder: string, target: string, system: PathModule = path): boolean {
  const relative = system.relative(system.resolve(folder), system.resolve(target));
  return relative === "" || (!system.isAbsolute(relative) && relative.split(/[/\\]/)[0] !== "..");
}
