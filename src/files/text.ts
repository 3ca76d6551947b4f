import { usage } from "../errors/errors.js";
import { type DecodedText, decodeText, isDecoded } from "../text/decode.js";

/**
 * Decodes a text that a person or another program wrote. Throws `text-unreadable` (exit 2) where the bytes are no text that can be believed.
 * The caller tells the person of `encoding` "windows-1252" (`workspace.guessedText`).
 *
 * @param name the file, as the error names it
 * @param options.nul lets U+0000 through, for lists of `find -print0`
 */
export function textOf(bytes: Uint8Array, name: string, options?: { nul?: boolean }): DecodedText {
  const result = decodeText(bytes, options);
  if (isDecoded(result)) return result;
  const { fault, line } = result;
  throw usage("text-unreadable", { path: name, fault, ...(line !== undefined && { line }) });
}
