import MarkdownIt, { type Token } from "markdown-it";

export type { Token };

/** What news texts use. HTML stays text. */
const rules = {
  block: ["heading", "list", "blockquote", "hr", "fence", "table", "reference"],
  inline: ["emphasis", "strikethrough", "link", "autolink", "backticks", "newline", "escape", "entity"],
};

/** A parser of the Markdown that news texts use, the same for the desk and for every channel. */
export function newsMarkdown() {
  return new MarkdownIt("zero", { html: false, maxNesting: 20 }).enable([...rules.block, ...rules.inline]);
}

/**
 * The same for what is published. It finds every link and picture, so that the renderer decides which stay: those that do not are
 * never shown as they were typed.
 */
export function publicMarkdown() {
  const markdown = newsMarkdown().enable("image");
  markdown.validateLink = () => true;
  return markdown;
}
