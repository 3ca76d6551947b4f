import { joinSegments } from "../rendering/segments.js";
import type { Rendering } from "../rendering/types.js";

export type Segment = Rendering["text"][number];
type Place = Exclude<Segment, string>;
export type Attributes = Readonly<Record<string, string | number | boolean | Place>>;

/** A block of WordPress's editor: a comment, the HTML that it saves, and the comment's end. */
export function block(name: string, attributes: Attributes, inner: readonly Segment[]): Segment[] {
  return joinSegments([
    `<!-- wp:${name} `,
    ...attributesJson(attributes),
    "-->\n",
    ...inner,
    `\n<!-- /wp:${name} -->`,
  ]);
}

/** Blocks below each other. */
export function stack(blocks: readonly (readonly Segment[])[], between = "\n\n"): Segment[] {
  return joinSegments(blocks.flatMap((segments, index) => [...(index > 0 ? [between] : []), ...segments]));
}

function attributesJson(attributes: Attributes): Segment[] {
  const pairs = Object.entries(attributes);
  if (pairs.length === 0) return [];
  return [
    "{",
    ...pairs.flatMap(([key, value], index): Segment[] => [
      `${index > 0 ? "," : ""}${commentJson(key)}:`,
      typeof value === "object" ? value : commentJson(value),
    ]),
    "} ",
  ];
}

/** JSON that cannot end the comment it stands in; as @wordpress/blocks writes it (serializeAttributes). */
function commentJson(value: string | number | boolean): string {
  return JSON.stringify(value)
    .replaceAll("\\\\", "\\u005c")
    .replaceAll("--", "\\u002d\\u002d")
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026")
    .replaceAll('\\"', "\\u0022");
}

/** A wider or narrower gap of the markup: what WordPress's own filter (wp_kses) would write otherwise, is written so already. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // WordPress runs `[shortcodes]` wherever it finds them, in attributes too.
  "[": "&#091;",
};

/** Escapes text between tags. */
export function escapeText(text: string): string {
  return text.replace(/[&<>[]/g, (character) => entities[character]!);
}

/** Escapes text within a quoted attribute. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"[]/g, (character) => entities[character]!);
}
