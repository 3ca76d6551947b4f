import { createHash } from "node:crypto";
import { Html, html } from "../../text/html.js";
import { channelCards } from "./cards.js";
import { cardStyle } from "./style.js";
import type { CardPicture, Cards } from "./types.js";

/** A small JPEG of a photo, with the size of the photo itself, which crops refer to. */
export interface EmbeddedPicture {
  width: number;
  height: number;
  jpeg: Uint8Array;
}

export interface PreviewPage extends Omit<Cards, "pictures" | "heading"> {
  title: string;
  /** What is shown, and since when: "Revisi 2, seperti disetujui". */
  about: readonly string[];
  /** By hash. */
  pictures: ReadonlyMap<string, EmbeddedPicture>;
}

const pageStyle = `
:root { color-scheme: light dark; --ground: #f0f2f5; --ink: #1c1e21; --faint: #555a60; --field: #fff; --edge: #8a8f96; }
@media (prefers-color-scheme: dark) { :root { --ground: #18191a; --ink: #e7e9ec; --faint: #adb2b8; --field: #242628; --edge: #7d8289; } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.25rem clamp(.75rem, 3vw, 2rem) 3rem; max-width: 106rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
header { margin-bottom: 1.5rem; }
h1 { margin: 0 0 .3rem; font-size: 1.35rem; line-height: 1.25; }
header p { margin: 0; color: var(--faint); }
.card-facts, footer { color: var(--faint); }
textarea { padding: .5rem .65rem; border: 1px solid var(--edge); border-radius: .4rem; background: var(--field); color: var(--ink); }
:focus-visible { outline: 3px solid #0b57b8; outline-offset: 2px; }
footer { margin-top: 2rem; font-size: .875rem; }
.held { position: absolute; width: 0; height: 0; overflow: hidden; }
`;

/** By which a preview is known as one: it is written anew, and nobody else's page is. */
export const previewMark = "kominfo post preview";

/**
 * Builds one self-contained page of all cards: it embeds each picture once, loads nothing and runs no script, which its Content
 * Security Policy (W3C CSP3) enforces. It opens in any browser, with the network off.
 */
export function previewPage(page: PreviewPage): string {
  const { messages } = page;
  const style = pageStyle + cardStyle;
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const held = [...page.pictures].map(([sha256, picture]) => ({ sha256, id: `p-${sha256}`, ...picture }));
  const pictures = new Map<string, CardPicture>(
    held.map(({ sha256, id, width, height }) => [sha256, { width, height, address: `#${id}` }]),
  );
  return html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${previewMark}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${messages.title} · ${page.title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<svg class="held" aria-hidden="true"><defs>${held.map(
    ({ id, width, height, jpeg }) =>
      html`<image id="${id}" width="${width}" height="${height}" preserveAspectRatio="none" href="${new Html(`data:image/jpeg;base64,${Buffer.from(jpeg).toString("base64")}`)}"/>`,
  )}</defs></svg>
<header>
<h1>${messages.title}: ${page.title}</h1>
${page.about.map((line) => html`<p>${line}</p>`)}
</header>
<main>
${channelCards({ ...page, pictures, heading: 2 })}
</main>
<footer><p>${messages.offline}</p></footer>
</body>
</html>
`.html;
}
