import { stripVTControlCharacters } from "node:util";

/** Characters that can move the cursor, hide text, or change its direction: C0 (but tab and newline), DEL, C1, zero width, bidi. */
const dangerous =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu;

/**
 * Makes untrusted text safe to print: removes escape sequences, control, zero-width and bidi characters. Keeps newlines
 * and tabs. (ZWJ is removed too: a family emoji splits into its members, which is harmless.)
 */
export function clean(text: string): string {
  return stripVTControlCharacters(text).replace(dangerous, "");
}

/** Cleans text and puts it on one line: newlines and tabs become spaces. */
export function cleanLine(text: string): string {
  return clean(text).replace(/\s+/g, " ").trim();
}

/** Serializes to JSON and escapes the characters that `clean` would remove, so that the data stays the same. */
export function cleanJson(value: unknown, space?: number): string {
  return JSON.stringify(value, null, space).replace(dangerous, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for an HTML element or a quoted attribute. It does not clean the text. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
