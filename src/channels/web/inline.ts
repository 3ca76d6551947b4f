import type { Token } from "../../text/markdown.js";
import { shorten, type Warning, warn } from "../rendering/types.js";
import { escapeAttribute, escapeText } from "./blocks.js";

const allowedAddress = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|tel:\+?\d)/i;
const tags: Readonly<Record<string, string>> = { em: "em", strong: "strong", s: "s" };

/** Renders inline tokens as HTML that WordPress keeps: emphasis, links, code and line breaks. Anything else is text. */
export function inlineHtml(tokens: readonly Token[], warnings: Warning[]): string {
  let html = "";
  const links: boolean[] = [];
  for (const token of tokens) {
    const [, name = "", side] = /^(\w+)_(open|close)$/.exec(token.type) ?? [];
    if (token.type === "text") html += escapeText(token.content);
    else if (token.type === "code_inline") html += `<code>${escapeText(token.content)}</code>`;
    else if (token.type === "softbreak") html += "\n";
    else if (token.type === "hardbreak") html += "<br>";
    else if (tags[name]) html += side === "open" ? `<${tags[name]}>` : `</${tags[name]}>`;
    else if (token.type === "link_open") html += openLink(token, links, warnings);
    else if (token.type === "link_close") html += links.pop() ? "</a>" : "";
    else if (token.type === "image")
      warnings.push(warn("picture-left-out", { address: shorten(String(token.attrGet("src") ?? "")) }));
    else html += escapeText(token.content);
  }
  return withoutEmbeds(html.trim());
}

function openLink(token: Token, links: boolean[], warnings: Warning[]): string {
  const address = String(token.attrGet("href") ?? "");
  const isAllowed = allowedAddress.test(address);
  links.push(isAllowed);
  if (isAllowed) return `<a href="${escapeAttribute(address)}">`;
  warnings.push(warn("link-dropped", { address: shorten(address) }));
  return "";
}

/** An address alone on its line would become a player of another site, which nobody approved: WordPress embeds it. */
function withoutEmbeds(html: string): string {
  return html.replace(/^(https?:)\/\/(?=[^\s<>"]+$)/gim, "$1&#047;&#047;");
}
