import { publicMarkdown, type Token } from "../../text/markdown.js";

const markdown = publicMarkdown();

export interface Paragraph {
  text: string;
  kind: "text" | "heading" | "list";
}

/** Whether a text ends as a sentence does: labels, numbers of letters and lists do not. */
export function endsAsSentence(text: string): boolean {
  return /[.!?…]["'”’)\]]*$/.test(text);
}

/** The text of inline tokens, without marks and pictures. A link is its text. */
export function inlineText(tokens: readonly Token[]): string {
  return tokens
    .filter(({ type }) => type !== "image")
    .map(({ type, content }) => (/break$/.test(type) ? "\n" : content))
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

/**
 * The body as paragraphs of plain text, for channels that have no marks. A list is one paragraph with its items below each other.
 * Tables, code and lines are left out: they are nothing without their form.
 */
export function plainParagraphs(body: string): Paragraph[] {
  const paragraphs: { lines: string[]; kind: Paragraph["kind"] }[] = [];
  /** The next number of each list that is open; null where it has bullets. */
  const lists: (number | null)[] = [];
  let mark = "";
  let tables = 0;
  let kind: Paragraph["kind"] = "text";
  for (const token of markdown.parse(body, {})) {
    if (token.type === "table_open" || token.type === "table_close") tables += token.nesting;
    if (/^(heading|paragraph)_open$/.test(token.type))
      kind = token.type === "heading_open" ? "heading" : "text";
    if (/_list_open$/.test(token.type)) {
      if (lists.length === 0) paragraphs.push({ lines: [], kind: "list" });
      lists.push(token.type === "ordered_list_open" ? Number(token.attrGet("start") ?? 1) : null);
    }
    if (/_list_close$/.test(token.type)) lists.pop();
    if (token.type === "list_item_open") {
      const number = lists.pop() ?? null;
      mark = number === null ? "• " : `${number}. `;
      lists.push(number === null ? null : number + 1);
    }
    if (token.type !== "inline" || tables > 0) continue;
    const text = inlineText(token.children ?? []);
    if (text === "") continue;
    if (lists.length === 0) paragraphs.push({ lines: [text], kind });
    else paragraphs.at(-1)!.lines.push(`${mark}${text}`);
    mark = "";
  }
  return paragraphs
    .filter(({ lines }) => lines.length > 0)
    .map((paragraph) => ({ text: paragraph.lines.join("\n"), kind: paragraph.kind }));
}
