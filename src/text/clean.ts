import { stripVTControlCharacters } from "node:util";

/** Everything that can move the cursor, hide text, or turn its direction: C0 (but tab and newline), DEL, C1, zero width, bidi. */
const dangerous =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu;

/**
 * Foreign text made safe to show: escape sequences, control, zero-width and bidi characters are gone.
 * Newlines and tabs stay. (ZWJ goes too: a family emoji falls apart into its members, which is harmless.)
 */
export function clean(text: string): string {
  return stripVTControlCharacters(text).replace(dangerous, "");
}

/** `clean`, on one line: newlines and tabs become spaces. */
export function cleanLine(text: string): string {
  return clean(text).replace(/\s+/g, " ").trim();
}

/** JSON whose strings hold the same data but show nothing dangerous: what `clean` would remove is escaped. */
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

/** Text as it stands in HTML, in an element or a quoted attribute. It is not cleaned by that. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
