import type { RenderedPhoto, Rendering } from "../../contract/contract.js";
import { type Html, html } from "../../text/html.js";
import type { Cards } from "./types.js";

/** Most pictures of a Facebook post that are seen before it is opened: a large one, and a row of three. */
const facebookRow = 3;

/** Draws the photos of a post as its channel arranges them. */
export function drawPhotos(cards: Cards, { channel, photos }: Rendering): Html | false {
  if (photos.length === 0) return false;
  if (photos.length === 1) return html`<div class="card-photos">${drawPhoto(cards, photos[0]!)}</div>`;
  if (channel === "instagram") return carousel(cards, photos);
  const [first, ...others] = photos;
  if (channel === "x")
    return html`<div class="card-photos card-grid">${photos.map((photo) => cell(cards, photo))}</div>`;
  const unseen = others.length - facebookRow;
  return html`<div class="card-photos"><div class="card-first">${drawPhoto(cards, first!)}</div><div class="card-row">${others
    .slice(0, facebookRow)
    .map((photo, i) =>
      cell(cards, photo, i === facebookRow - 1 && unseen > 0 ? `+${unseen}` : undefined),
    )}</div></div>`;
}

function cell(cards: Cards, photo: RenderedPhoto, more?: string): Html {
  return html`<div class="card-cell">${drawPhoto(cards, photo)}${more && html`<span class="card-more">${more}</span>`}</div>`;
}

/** Slides side by side, moved with a finger or the arrow keys. */
function carousel(cards: Cards, photos: readonly RenderedPhoto[]): Html {
  const { messages } = cards;
  return html`<div class="card-photos card-slides" tabindex="0" role="group" aria-label="${messages.slides({ count: photos.length })}">${photos.map(
    (photo, i) =>
      html`<div class="card-slide">${drawPhoto(cards, photo)}<span class="card-number">${i + 1}/${photos.length}</span></div>`,
  )}</div>`;
}

/** Draws the part of a photo that the channel shows. SVG attributes crop it, because a policy may admit no inline style. */
export function drawPhoto(cards: Cards, { sha256, alt, crop }: RenderedPhoto): Html {
  const picture = cards.pictures.get(sha256);
  if (!picture) return photoPlace(cards);
  const { width, height, address } = picture;
  const name = alt || cards.messages.noAlt;
  if (!crop && !address.startsWith("#")) {
    return html`<img class="card-picture" src="${address}" width="${width}" height="${height}" alt="${name}" loading="lazy" decoding="async">`;
  }
  const part = crop ?? { left: 0, top: 0, width, height };
  return html`<svg class="card-picture" role="img" aria-label="${name}" viewBox="${part.left} ${part.top} ${part.width} ${part.height}" preserveAspectRatio="xMidYMid slice">${
    address.startsWith("#")
      ? html`<use href="${address}"/>`
      : html`<image href="${address}" width="${width}" height="${height}" preserveAspectRatio="none"/>`
  }</svg>`;
}

/** Stands where a photo is that cannot be shown. */
export function photoPlace({ messages }: Cards): Html {
  return html`<span class="card-missing">${messages.pictureMissing}</span>`;
}
