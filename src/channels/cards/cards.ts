import type { Rendering } from "../../contract/contract.js";
import { Html, html, htmlText } from "../../text/html.js";
import { costOf } from "../cost.js";
import { channelLabel } from "../registry.js";
import { showArticle } from "./article.js";
import { foldText } from "./fold.js";
import { drawPhoto, drawPhotos, photoPlace } from "./photos.js";
import type { Cards } from "./types.js";

/**
 * One card for each channel: what its readers see, on the width of a phone, with the real crops and the fold; below it the
 * number of characters, the price, the warnings, the alt texts, and the text to copy. Needs no script and no inline style, so
 * that every policy (CSP) admits it; its style is `cardStyle`. Pure.
 */
export function channelCards(cards: Cards): Html {
  return html`<div class="cards">${cards.renderings.map((rendering) => card(cards, rendering))}</div>`;
}

function card(cards: Cards, rendering: Rendering): Html {
  const { messages, heading } = cards;
  const { channel } = rendering;
  const id = `card-${channel}`;
  const { post, copy } = channel === "web" ? articlePost(cards, rendering) : socialPost(cards, rendering);
  return html`<section class="card card-${channel}" aria-labelledby="${id}">
${new Html(`<h${heading} id="${id}">`)}${channelLabel(channel)}${new Html(`</h${heading}>`)}
<p class="card-facts">${facts(cards, rendering).map((fact) => html`<span>${fact}</span> `)}</p>
<div class="card-post" lang="id">${post}</div>
${warnings(cards, rendering)}
${altTexts(cards, rendering)}
<div class="card-copy"><label for="copy-${channel}">${messages.toCopy}</label><textarea id="copy-${channel}" readonly rows="${rowsOf(copy)}" lang="id">
${htmlText(copy)}</textarea></div>
</section>
`;
}

/** Characters, photos and price in a few words each. */
function facts({ messages, language, quoting = [] }: Cards, rendering: Rendering): string[] {
  const { length, limit, photos, channel } = rendering;
  const number = new Intl.NumberFormat(language === "id" ? "id-ID" : "en-GB");
  const count = limit === null ? messages.length : messages.lengthOf;
  const corrects = quoting.includes(channel);
  const price = (link: boolean) => `US$${(costOf(rendering, { link, corrects }) / 1000).toFixed(3)}`;
  const [plain, withLink] = [price(false), price(true)];
  return [
    ...(channel === "web"
      ? []
      : [count({ length: number.format(length), limit: number.format(limit ?? 0) })]),
    messages.photos({ count: photos.length }),
    costOf(rendering, { link: false }) === 0
      ? messages.free
      : messages.cost({ usd: plain, withLink: withLink === plain ? undefined : withLink }),
  ];
}

function articlePost(cards: Cards, rendering: Rendering): { post: Html; copy: string } {
  const { name, heading } = cards;
  const source = rendering.text
    .map((part) => (typeof part === "string" ? part : part.as === "url" ? `photo:${part.photo}` : "0"))
    .join("");
  const { article } = rendering;
  const lead = rendering.photos.find((photo) => photo.lead);
  const inText = new Set(rendering.text.flatMap((part) => (typeof part === "string" ? [] : [part.photo])));
  const shown = showArticle(
    source,
    (sha256) => {
      const photo = rendering.photos.find((candidate) => candidate.sha256 === sha256);
      return photo ? drawPhoto(cards, photo) : photoPlace(cards);
    },
    heading + 2,
  );
  const [open, close] = [new Html(`<h${heading + 1} class="card-title">`), new Html(`</h${heading + 1}>`)];
  // A site shows the featured image above the text; a lead that stands in the text too is shown once.
  const featured = lead && !inText.has(lead.sha256);
  const post = html`<p class="card-site">${name}</p>
${article?.category && html`<p class="card-kicker">${article.category}</p>`}
${open}${article?.title}${close}
${featured && html`<figure>${drawPhoto(cards, lead)}${captionOf(lead)}</figure>`}
<div class="card-article">${shown.html}</div>
${article && article.tags.length > 0 && html`<p class="card-tags">${article.tags.map((tag) => html`<span>${tag}</span> `)}</p>`}
${article?.summary && html`<dl class="card-summary"><dt>${cards.messages.summary}</dt><dd>${article.summary}</dd></dl>`}`;
  return { post, copy: [article?.title, shown.text].filter(Boolean).join("\n\n") };
}

function captionOf({ caption, credit }: { caption: string; credit: string }) {
  return (caption || credit) && html`<figcaption>${caption} <span>${credit}</span></figcaption>`;
}

function socialPost(cards: Cards, rendering: Rendering): { post: Html; copy: string } {
  const { name, messages, link } = cards;
  const { channel } = rendering;
  const text = rendering.text.filter((part) => typeof part === "string").join("");
  const place = rendering.link?.when === "known" ? rendering.link : null;
  const withLink = (address: string) =>
    place ? text.slice(0, place.at) + place.before + address + text.slice(place.at) : text;
  const { start, rest } = foldText(channel, withLink(link ?? `‹${messages.linkPlace}›`));
  const said = html`<div class="card-text"><span>${withTags(start)}</span>${
    rest && html`<details><summary>${messages.more}</summary><p>${withTags(rest.trimStart())}</p></details>`
  }</div>`;
  const pictures = drawPhotos(cards, rendering);
  const head = html`<p class="card-name"><span class="card-mark" aria-hidden="true">${Array.from(name.replace(/^\S+ /, ""))[0] ?? "?"}</span><strong>${name}</strong></p>`;
  return {
    post: channel === "instagram" ? html`${head}${pictures}${said}` : html`${head}${said}${pictures}`,
    copy: link === undefined ? text : withLink(link),
  };
}

/** Hashtags stand out, as the platforms show them. */
function withTags(text: string): Html[] {
  return text
    .split(/((?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]+)/u)
    .map((part, i) =>
      i % 2 === 1 ? html`<span class="card-hashtag">${htmlText(part)}</span>` : htmlText(part),
    );
}

function warnings({ messages, warningText, pictures }: Cards, rendering: Rendering) {
  const missing = rendering.photos.filter(({ sha256 }) => !pictures.has(sha256)).length;
  const lines = [
    ...rendering.warnings.map(warningText),
    ...(missing > 0 ? [messages.missingPhotos({ count: missing })] : []),
  ];
  return (
    lines.length > 0 &&
    html`<ul class="card-warnings" aria-label="${messages.warnings}">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
  );
}

function altTexts({ messages }: Cards, { photos }: Rendering) {
  return (
    photos.length > 0 &&
    html`<details class="card-alts" open><summary>${messages.altTexts}</summary><ol>${photos.map(
      ({ alt, lead }) =>
        html`<li>${lead && html`<b>${messages.lead}</b> `}${alt ? html`<span lang="id">${alt}</span>` : html`<em>${messages.noAlt}</em>`}</li>`,
    )}</ol></details>`
  );
}

/** Rows of a text box, so that most texts are read without scrolling. */
function rowsOf(text: string): number {
  const rows = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 44)), 0);
  return Math.min(14, Math.max(3, rows));
}
