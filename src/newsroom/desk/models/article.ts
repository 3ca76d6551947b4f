import MarkdownIt, { type Token } from "markdown-it";
import { clean } from "../../../text/clean.js";
import { Html } from "../html.js";

/** One block of an article: a paragraph, heading, list, quotation or table. What a remark's `paragraph` counts. */
export interface Block {
  /** From 1. */
  number: number;
  html: Html;
  /** How it begins, to name it by. */
  start: string;
}

/** Only what a news text is made of. No HTML, and no picture: a foreign one would tell its server who reads. */
const rules = {
  block: ["heading", "list", "blockquote", "hr", "fence", "table", "reference"],
  inline: ["emphasis", "strikethrough", "link", "autolink", "backticks", "newline", "escape", "entity"],
};
const markdown = new MarkdownIt("zero", { html: false, maxNesting: 20 }).enable([
  ...rules.block,
  ...rules.inline,
]);
markdown.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address.trim());
markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  tokens[index]!.attrSet("rel", "nofollow noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

const startLength = 60;

/** Markdown as the blocks that a reader sees. */
export function blocksOf(body: string): Block[] {
  const env = {};
  const tokens = markdown.parse(clean(body), env);
  return groupsOf(tokens).map((group, index) => {
    for (const token of group) lowerHeading(token);
    return {
      number: index + 1,
      html: new Html(markdown.renderer.render(group, markdown.options, env)),
      start: startOf(group),
    };
  });
}

/** Tokens between one that opens at the top level and the one that closes it. */
function groupsOf(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) groups.push([]);
    groups.at(-1)?.push(token);
    depth += token.nesting;
  }
  return groups;
}

/** The page's own headings come first: an article's begin at the third level. */
function lowerHeading(token: Token): void {
  const level = /^h([1-6])$/.exec(token.tag)?.[1];
  if (level) token.tag = `h${Math.min(6, Math.max(3, Number(level) + 1))}`;
}

function startOf(tokens: readonly Token[]): string {
  const text = tokens
    .flatMap((token) => (token.children ?? [token]).map(({ content }) => content))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
  return shorten(text, startLength);
}

export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`.toWellFormed();
}
