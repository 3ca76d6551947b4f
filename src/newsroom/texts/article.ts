import { clean, cleanLine, escapeHtml } from "../../text/clean.js";
import { Html } from "../../text/html.js";
import { newsMarkdown, type Token } from "../../text/markdown.js";

/** One block of an article: a paragraph, heading, list, quotation or table. A comment's `paragraph` is its number. */
export interface Block {
  /** From 1. */
  number: number;
  html: Html;
  /** The first words of its text, for labels. */
  start: string;
}

/** No images: a remote image would reveal its readers to its server. */
const markdown = newsMarkdown();
markdown.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address.trim());
markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  tokens[index]!.attrSet("rel", "nofollow noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

/** A column's alignment as a class: the page's policy (CSP) applies no `style` attribute. */
for (const name of ["th_open", "td_open"]) {
  markdown.renderer.rules[name] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index]!;
    const [, alignment] = /^text-align:(left|center|right)$/.exec(String(token.attrGet("style"))) ?? [];
    token.attrs = alignment ? [["class", `align-${alignment}`]] : null;
    return renderer.renderToken(tokens, index, options);
  };
}

const startLength = 60;

/** Renders Markdown as a list of blocks. */
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

/** Groups the tokens by top-level block. */
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

/** Lowers headings to the third level and below, because the page itself uses the first two. */
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

/** The body as it was typed, in one block: for one whose Markdown takes too long. @param maxLength in characters */
export function plainBlock(body: string, maxLength: number): Block {
  const text = clean(body).slice(0, maxLength).toWellFormed();
  return {
    number: 1,
    html: new Html(`<pre>${escapeHtml(text)}</pre>`),
    start: shorten(cleanLine(text.slice(0, 1000)), startLength),
  };
}
