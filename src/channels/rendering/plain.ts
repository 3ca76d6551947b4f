import { publicMarkdown, type Token } from "../../text/markdown.js";

const markdown = publicMarkdown();

export interface Paragraph {
  text: string;
  isHeading: boolean;
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
  const paragraphs: { lines: string[]; isHeading: boolean }[] = [];
  /** The next number of each list that is open; null where it has bullets. */
  const lists: (number | null)[] = [];
  let mark = "";
  let tables = 0;
  let isHeading = false;
  for (const token of markdown.parse(body, {})) {
    if (token.type === "table_open" || token.type === "table_close") tables += token.nesting;
    if (/^(heading|paragraph)_open$/.test(token.type)) isHeading = token.type === "heading_open";
    if (/_list_open$/.test(token.type)) {
      if (lists.length === 0) paragraphs.push({ lines: [], isHeading: false });
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
    if (lists.length === 0) paragraphs.push({ lines: [text], isHeading });
    else paragraphs.at(-1)!.lines.push(`${mark}${text}`);
    mark = "";
  }
  return paragraphs
    .filter(({ lines }) => lines.length > 0)
    .map((paragraph) => ({ text: paragraph.lines.join("\n"), isHeading: paragraph.isHeading }));
}
