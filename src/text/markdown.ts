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
 * never shown as they were typed. An address with its scheme is a link; a bare domain is text.
 */
export function publicMarkdown() {
  const markdown = newsMarkdown().enable("image");
  markdown.validateLink = () => true;
  markdown.set({ linkify: true }).enable("linkify");
  markdown.linkify
    .set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
    .add("//", null)
    .add("ftp:", null)
    .add("mailto:", null);
  return markdown;
}
