import { fileURLToPath } from "node:url";

/**
 * The path of a `file://` address on this computer; any other text as it is, also an address of another computer.
 *
 * @param windows whether paths are those of Windows; absent: as on this computer
 */
export function pathOfAddress(text: string, windows?: boolean): string {
  if (!/^file:\/\//i.test(text)) return text;
  try {
    return fileURLToPath(
      text.replace(/^file:\/\/localhost(?=\/)/i, "file://"),
      windows === undefined ? {} : { windows },
    );
  } catch {
    return text;
  }
}
