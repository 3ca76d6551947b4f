import { escapeHtml } from "../../text/clean.js";
import { cleanPost, Html } from "../../text/html.js";

/** An article of a website, as a card shows it. */
export interface ShownArticle {
  html: Html;
  /** Without markup, to be copied. */
  text: string;
}

/** Elements that are shown, and what follows each in the plain text. Those without an end tag are not among them. */
const elements = new Map([
  ...["p", "blockquote", "pre", "table", "figure", "ul", "ol"].map((name) => [name, "\n\n"] as const),
  ...["li", "tr", "figcaption"].map((name) => [name, "\n"] as const),
  ...["th", "td"].map((name) => [name, " "] as const),
  ...["strong", "em", "s", "del", "code", "cite", "thead", "tbody"].map((name) => [name, ""] as const),
]);

/** Longest article in characters: 200,000 of Markdown with the markup of their blocks. */
const maxLength = 1_500_000;

/** A tag; its parts are bounded, so that no text takes long. */
const tagPattern =
  /<(\/?)([a-z][a-z0-9]{0,10})((?:\s{1,9}[a-z][a-z-]{0,30}(?:="[^"]{0,4000}")?){0,12})\s{0,9}\/?>/iy;

/**
 * Shows the very text that a website receives (WordPress blocks) as an article, and nothing else of it: only known elements,
 * without their attributes, and links to http, https, mail and telephones. Whoever wrote it, nothing of it runs or loads.
 *
 * @param source photos are in it as `photo:<sha256>` where their address will be
 * @param picture draws a photo
 * @param heading the level for the headings of the text
 */
export function showArticle(
  source: string,
  picture: (sha256: string) => Html,
  heading: number,
): ShownArticle {
  const text = source.slice(0, maxLength);
  const open: string[] = [];
  const shown: string[] = [];
  const plain: string[] = [];
  const write = (part: string) => {
    const decoded = cleanPost(decode(part));
    shown.push(escapeHtml(decoded));
    plain.push(decoded.replace(/\s*\n\s*/g, " "));
  };
  const close = () => {
    const [tag, after] = endOf(open.pop() ?? "");
    shown.push(tag);
    plain.push(after);
  };
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf("<", at);
    write(text.slice(at, next < 0 ? text.length : next));
    if (next < 0) break;
    if (text.startsWith("<!--", next)) {
      const end = text.indexOf("-->", next);
      // A browser shows nothing after a comment without an end.
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    tagPattern.lastIndex = next;
    const [tag, slash, name = "", attributes = ""] = tagPattern.exec(text) ?? [];
    at = next + (tag?.length ?? 1);
    if (!tag) write("<");
    else if (slash) {
      const depth = open.lastIndexOf(name.toLowerCase());
      while (depth >= 0 && open.length > depth) close();
    } else start(name.toLowerCase(), attributes, { open, shown, plain, picture, heading });
  }
  while (open.length > 0) close();
  const copied = plain
    .join("")
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return { html: new Html(shown.join("")), text: copied };

  /** The end tag of an open element, and what follows it in the plain text. */
  function endOf(name: string): [string, string] {
    if (/^h[1-6]$/.test(name)) return [`</h${heading}>`, "\n\n"];
    return [`</${name}>`, elements.get(name) ?? ""];
  }
}

interface Writing {
  open: string[];
  shown: string[];
  plain: string[];
  picture: (sha256: string) => Html;
  heading: number;
}

function start(name: string, attributes: string, { open, shown, plain, picture, heading }: Writing): void {
  if (name === "br") {
    shown.push("<br>");
    plain.push("\n");
  } else if (name === "hr") {
    shown.push("<hr>");
    plain.push("\n\n");
  } else if (name === "img") {
    const sha256 = /^photo:([0-9a-f]{64})$/.exec(attribute(attributes, "src"))?.[1];
    if (sha256) shown.push(picture(sha256).html);
  } else if (name === "a") {
    const address = attribute(attributes, "href");
    if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(address)) return;
    open.push(name);
    shown.push(`<a href="${escapeHtml(address)}" rel="nofollow noopener noreferrer">`);
  } else if (/^h[1-6]$/.test(name)) {
    open.push(name);
    shown.push(`<h${heading}>`);
  } else if (elements.has(name)) {
    open.push(name);
    shown.push(`<${name}>`);
  }
}

function attribute(attributes: string, name: string): string {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, "i").exec(attributes)?.[1] ?? "";
  return cleanPost(decode(value)).trim();
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return named[name.toLowerCase()] ?? whole;
      const point = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
