import { fromWindows1252, windowsCharacters } from "../../text/windows-1252.js";

const bytesOf = new Map(Array.from(windowsCharacters, (letter, i) => [letter, 0x80 + i]));

/**
 * Undoes what programs do to letters that are not ASCII: UTF-8 that was read as Windows-1252 and written as UTF-8 again ("CafÃ©"),
 * and Windows-1252 that was read as Latin-1. Other text is returned as it is.
 */
export function mendedText(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  return fromWindows1252(readAgain(text) ?? text);
}

/**
 * Whether Windows-1252 was a wrong guess for a text without a declared character set. The quotation marks, dashes and small accented letters
 * of Mac OS Roman become capitals in it ("JumÕat", "CafŽ", "ÒMawarÓ"), which stand where no capital does.
 */
export function isMisread(text: string): boolean {
  return /[\x80-\x9f]|\p{Ll}[ŠŒŽŸÀ-ÖØ-Þ]|Ò[^Ó]*Ó(?!\p{L})|(?<!\p{L})[ÐÑ](?!\p{L})/u.test(text);
}

/** The text whose UTF-8 these letters are; undefined where they are not. */
function readAgain(text: string): string | undefined {
  const bytes = Array.from(text, (letter) => bytesOf.get(letter) ?? letter.codePointAt(0)!);
  if (bytes.some((byte) => byte > 0xff)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
