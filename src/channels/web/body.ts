import { publicMarkdown, type Token } from "../../text/markdown.js";
import type { Warning } from "../rendering/types.js";
import { block, escapeText, type Segment, stack } from "./blocks.js";
import { inlineHtml } from "./inline.js";

const markdown = publicMarkdown();

/** A token with what stands between it and its end. */
interface Node {
  token: Token;
  children: Node[];
}

/** Renders a body as blocks of WordPress's editor. Adds to `warnings` what is not shown. */
export function bodyBlocks(body: string, warnings: Warning[]): Segment[][] {
  return blocksOf(treeOf(markdown.parse(body, {})), warnings);
}

function treeOf(tokens: readonly Token[]): Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const token of tokens) {
    if (token.nesting === -1) {
      open.pop();
      continue;
    }
    const node = { token, children: [] };
    open.at(-1)!.push(node);
    if (token.nesting === 1) open.push(node.children);
  }
  return root;
}

function blocksOf(nodes: readonly Node[], warnings: Warning[]): Segment[][] {
  return nodes.flatMap((node) => {
    const made = blockOf(node, warnings);
    return made === undefined ? [] : [made];
  });
}

function blockOf(node: Node, warnings: Warning[]): Segment[] | undefined {
  const { token, children } = node;
  switch (token.type) {
    case "paragraph_open": {
      const html = inlineOf(node, warnings);
      return html === "" ? undefined : block("paragraph", {}, [`<p>${html}</p>`]);
    }
    case "heading_open": {
      const html = inlineOf(node, warnings);
      return html === "" ? undefined : heading(Number(token.tag.slice(1)), html);
    }
    case "bullet_list_open":
    case "ordered_list_open":
      return list(node, warnings);
    case "blockquote_open": {
      const inner = blocksOf(children, warnings);
      return inner.length === 0
        ? undefined
        : block("quote", {}, ['<blockquote class="wp-block-quote">', ...stack(inner), "</blockquote>"]);
    }
    case "hr":
      return block("separator", {}, ['<hr class="wp-block-separator has-alpha-channel-opacity" />']);
    case "fence":
      return block("code", {}, [
        `<pre class="wp-block-code"><code>${escapeCode(token.content.replace(/\n$/, ""))}</code></pre>`,
      ]);
    case "table_open":
      return table(node, warnings);
    default:
      return undefined;
  }
}

/** The site shows the title as the first level. */
function heading(typedLevel: number, html: string): Segment[] {
  const level = Math.max(2, typedLevel);
  return block("heading", level === 2 ? {} : { level }, [
    `<h${level} class="wp-block-heading">${html}</h${level}>`,
  ]);
}

/** All inline text below a node. */
function inlineOf({ token, children }: Node, warnings: Warning[]): string {
  if (token.type === "inline") return inlineHtml(token.children ?? [], warnings);
  return children
    .map((child) => inlineOf(child, warnings))
    .filter((html) => html !== "")
    .join("<br>");
}

function list({ token, children }: Node, warnings: Warning[]): Segment[] | undefined {
  const isOrdered = token.type === "ordered_list_open";
  const start = Number(token.attrGet("start") ?? 1);
  const items = children.map((item) => listItem(item, warnings));
  const tag = isOrdered ? "ol" : "ul";
  const hasStart = isOrdered && start !== 1;
  return block("list", { ...(isOrdered ? { ordered: true } : {}), ...(hasStart ? { start } : {}) }, [
    `<${tag}${hasStart ? ` start="${start}"` : ""}>`,
    ...stack(items),
    `</${tag}>`,
  ]);
}

/** An item holds text, then lists: WordPress lets it hold nothing else, so that other blocks become lines of its text. */
function listItem({ children }: Node, warnings: Warning[]): Segment[] {
  const isList = ({ token }: Node) => /_list_open$/.test(token.type);
  const lines = children.filter((child) => !isList(child)).map((child) => lineOf(child, warnings));
  const lists = blocksOf(children.filter(isList), warnings);
  return block("list-item", {}, [
    `<li>${lines.filter((line) => line !== "").join("<br>")}`,
    ...stack(lists),
    "</li>",
  ]);
}

function lineOf(node: Node, warnings: Warning[]): string {
  const { token, children } = node;
  if (token.type === "fence") return escapeCode(token.content.trim()).replaceAll("\n", "<br>");
  if (token.type === "tr_open") return children.map((cell) => inlineOf(cell, warnings)).join(" | ");
  if (token.type === "heading_open") return `<strong>${inlineOf(node, warnings)}</strong>`;
  if (token.type === "inline" || children.length === 0) return inlineOf(node, warnings);
  return children
    .map((child) => lineOf(child, warnings))
    .filter((line) => line !== "")
    .join("<br>");
}

function table({ children }: Node, warnings: Warning[]): Segment[] {
  const sections = children.map(({ token, children: rows }) => {
    const html = rows.map((row) => `<tr>${row.children.map((cell) => cellOf(cell, warnings)).join("")}</tr>`);
    return `<${token.tag}>${html.join("")}</${token.tag}>`;
  });
  // Newer editors assume a fixed layout, which makes narrow columns of long words.
  return block("table", { hasFixedLayout: false }, [
    `<figure class="wp-block-table"><table>${sections.join("")}</table></figure>`,
  ]);
}

function cellOf(cell: Node, warnings: Warning[]): string {
  const { tag } = cell.token;
  const [, side] = /^text-align:(left|center|right)$/.exec(String(cell.token.attrGet("style"))) ?? [];
  const alignment = side ? ` class="has-text-align-${side}" data-align="${side}"` : "";
  return `<${tag}${alignment}>${inlineOf(cell, warnings)}</${tag}>`;
}

/** Also keeps an address alone on its line from being embedded. */
function escapeCode(code: string): string {
  return escapeText(code).replace(/^(\s*https?:)\/\//gim, "$1&#047;&#047;");
}
