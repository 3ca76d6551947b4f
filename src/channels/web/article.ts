import type { Rendering } from "../../contract/contract.js";
import { failed } from "../../errors/errors.js";
import { escapeField, visibleText } from "./html.js";

/** A photo in the media library of a site. */
export type MediaItem = {
  id: number;
  /** Its public address. */
  url: string;
};

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
    return part.as === "id" ? String(item.id) : escapeField(item.url);
  });
  return {
    title: escapeField(article.title),
    content: content.join(""),
    excerpt: escapeField(article.summary),
    slug: article.slug,
  };
}

/** Throws `web-text-changed` (exit 1) when the site has changed what readers see of the article. */
export function expectSame(origin: string, sent: Article, kept: { title: string; content: string }): void {
  const isSame =
    visibleText(kept.content) === visibleText(sent.content) &&
    visibleText(kept.title) === visibleText(sent.title);
  if (!isSame) throw failed("web-text-changed", { origin });
}
