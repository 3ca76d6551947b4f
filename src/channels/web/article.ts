import type { Rendering } from "../../contract/contract.js";
import { failed } from "../../errors/errors.js";
import type { MediaItem } from "./media.js";

/** What is written into a post of WordPress. Title, content and excerpt are HTML. */
export interface Article {
  title: string;
  content: string;
  excerpt: string;
  /** Address of its page on the site. */
  slug: string;
}

/**
 * The article of a rendering, with the places of its photos filled in.
 *
 * @param media by the photo's hash
 */
export function articleOf(rendering: Rendering, media: ReadonlyMap<string, MediaItem>): Article {
  const { article } = rendering;
  if (!article) throw new Error("a rendering for the web has an article");
  const content = rendering.text.map((part) => {
    if (typeof part === "string") return part;
    const item = media.get(part.photo);
    if (!item) throw new Error(`no photo ${part.photo} for its place`);
    return part.as === "id" ? String(item.id) : escapeText(item.url);
  });
  return {
    title: escapeText(article.title),
    content: content.join(""),
    excerpt: escapeText(article.summary),
    slug: article.slug,
  };
}

/**
 * Escapes a text for WordPress's fields that hold HTML. Quotes stay: they need no escaping there, and kses would rewrite
 * `&#39;`.
 */
export function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** A text of WordPress without its HTML entities. */
export function decodeEntities(html: string): string {
  return html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What a reader sees of HTML, on one line: to compare what was sent with what a site made of it. */
export function visibleText(html: string): string {
  const text = html.replace(/<!--[\s\S]*?-->/g, "").replace(/<[^>]*>/g, " ");
  return decodeEntities(text).replace(/\s+/g, " ").trim();
}

/** Throws `web-text-changed` (exit 1) when the site has changed what readers see of the article. */
export function expectSame(origin: string, sent: Article, kept: { title: string; content: string }): void {
  const isSame =
    visibleText(kept.content) === visibleText(sent.content) &&
    visibleText(kept.title) === visibleText(sent.title);
  if (!isSame) throw failed("web-text-changed", { origin });
}
