/**
 * The characters of Windows-1252 from 0x80 to 0x9f; five places are empty, and keep their control character. Node.js 20 decodes these bytes
 * as ISO 8859-1 (nodejs/node#56542), so they are listed here.
 */
export const windowsCharacters = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Reads as Windows-1252 what was read as Latin-1. */
export function fromWindows1252(latin: string): string {
  return latin.replace(/[\x80-\x9f]/g, (control) => windowsCharacters[control.charCodeAt(0) - 0x80]!);
}
