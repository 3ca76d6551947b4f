import { fromWindows1252 } from "./windows-1252.js";

/** The encodings that files of texts have in practice: Windows' Notepad, Excel and PowerShell write all of them. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/**
 * Why bytes are no text that can be believed. `binary`: no text at all, or of a kind nobody can tell. `damaged`: UTF-16 that was cut or mixed.
 * `mixed`: both UTF-8 and bytes that are not. `lost`: the writing program has already put U+FFFD in the place of letters.
 */
export type TextFault = "binary" | "damaged" | "mixed" | "lost";

/** A text without byte order mark, with its own line ends. It holds no U+FFFD, no lone surrogate, and no U+0000 unless that was allowed. */
export interface DecodedText {
  text: string;
  /** A person has to be told of "windows-1252", which is a guess. */
  encoding: TextEncoding;
  /** Whether it began with a byte order mark. */
  bom: boolean;
}

/** What could not be decoded. */
export interface UndecodedText {
  fault: TextFault;
  /** 1-based line of the first fault, where it can be told. */
  line?: number;
}

/** Share of UTF-16 units of a Latin text in which one byte is zero. */
const latinShare = 0.75;

/**
 * Decodes a text that came from outside: UTF-8 or UTF-16 of either end, each with or without a byte order mark, else Windows-1252. What is
 * none of these, or has lost letters, is not decoded: a wrong letter in a name or a caption would be published.
 *
 * @param options.nul lets U+0000 through, for lists of `find -print0`
 */
export function decodeText(bytes: Uint8Array, options: { nul?: boolean } = {}): DecodedText | UndecodedText {
  const marked = markOf(bytes);
  const unmarked = marked ? undefined : unmarkedUtf16(bytes);
  const encoding = marked?.encoding ?? unmarked ?? "utf-8";
  const content = marked ? bytes.subarray(marked.length) : bytes;
  const text = strictly(content, encoding);
  if (unmarked && text !== undefined && noLetter.test(text)) return { fault: "binary" };
  if (text !== undefined) return believed({ text, encoding, bom: marked !== undefined }, options);
  if (encoding !== "utf-8") return { fault: "damaged" };
  return marked ? { fault: "mixed", line: brokenLine(content) } : guessed(content, options);
}

/** Whether `decodeText` could read the bytes. */
export function isDecoded(result: DecodedText | UndecodedText): result is DecodedText {
  return "text" in result;
}

/**
 * Whether a text can be stored and sent on as it is. Neither SQLite nor PostgreSQL keeps U+0000, a lone surrogate is not UTF-8, and U+FFFD stands for
 * a letter that was lost.
 */
export function isWholeText(text: string): boolean {
  return !/[\u0000\ufffd]/.test(text) && text.isWellFormed();
}

function markOf(bytes: Uint8Array): { encoding: TextEncoding; length: number } | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: "utf-8", length: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", length: 2 };
  return undefined;
}

/** UTF-16 without a byte order mark, by the zero bytes of its Latin letters. A list that separates paths by zero bytes has fewer. */
function unmarkedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const units = bytes.length >> 1;
  let [high, low] = [0, 0];
  for (let i = 0; i < units; i++) {
    if (bytes[2 * i] === 0) high++;
    if (bytes[2 * i + 1] === 0) low++;
  }
  const isMost = (zeros: number, others: number) => zeros >= units * latinShare && others * 10 <= zeros;
  if (units === 0) return undefined;
  return isMost(low, high) ? "utf-16le" : isMost(high, low) ? "utf-16be" : undefined;
}

function strictly(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function believed(decoded: DecodedText, { nul = false }: { nul?: boolean }): DecodedText | UndecodedText {
  const { text } = decoded;
  // WordPad and TextEdit save this when the name ends in .txt.
  if (text.startsWith("{\\rtf")) return { fault: "binary" };
  // No path is empty, and not every one a letter: these are the zero bytes of UTF-32, and of lines of UTF-16 that were added to a list in UTF-8.
  if (nul && /^\u0000|\u0000{2}|(?:[^\u0000]\u0000){4}/.test(text.replace(/\u0000+$/, ""))) {
    return { fault: "binary" };
  }
  const zero = nul ? -1 : text.indexOf("\u0000");
  if (zero >= 0) return { fault: "binary", line: lineAt(text, zero) };
  const lost = text.indexOf("\ufffd");
  return lost >= 0 ? { fault: "lost", line: lineAt(text, lost) } : decoded;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n?|\n/).length;
}

/** The line of the first byte that is not UTF-8. */
function brokenLine(bytes: Uint8Array): number {
  const start = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return lineAt(start, start.indexOf("\ufffd"));
}

/** What no text has whose encoding is guessed: control characters, and the empty places of Windows-1252. */
const noLetter = /[\u0000-\u0008\u000b\u000e-\u0019\u001b-\u001f\u007f\u0081\u008d\u008f\u0090\u009d]/;
/** A letter of several bytes in UTF-8. */
const multibyte =
  /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g;
/** Windows-1252 that looks like UTF-8: a capital with an accent before a quotation mark, a dash or an ellipsis. */
const capitalBeforeMark = /^[\u00c2-\u00df][\u0085\u0091-\u0097]$/;

/** Reads what is not UTF-8 as Windows-1252, if it looks like a text of one encoding. */
function guessed(bytes: Uint8Array, options: { nul?: boolean }): DecodedText | UndecodedText {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (noLetter.test(options.nul ? latin.replaceAll("\u0000", "") : latin)) return { fault: "binary" };
  // UTF-8 that was cut, or converted in part, would become "CafÃ©".
  const whole = (latin.match(multibyte) ?? []).filter((letter) => !capitalBeforeMark.test(letter)).length;
  const broken = latin.replace(multibyte, "").match(/[\u0080-\u00ff]/g)?.length ?? 0;
  if (whole > 0 && whole >= broken) return { fault: "mixed", line: brokenLine(bytes) };
  return believed({ text: fromWindows1252(latin), encoding: "windows-1252", bom: false }, options);
}
