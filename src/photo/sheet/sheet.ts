import { createHash } from "node:crypto";
import type { Messages } from "../../language/index.js";
import { Html, html } from "../../text/html.js";
import type { Crop } from "../types.js";
import { sheetStyle } from "./style.js";

/** One line of metadata, formatted for people. */
export interface MetadataLine {
  label: string;
  text: string;
  /** A link for the reader; the page loads nothing from it. */
  link?: string;
  /** Whether it concerns a person or a place. */
  private: boolean;
}

interface SheetRendition {
  preset: string;
  name: string;
  /** Its size, formatted. */
  facts: readonly string[];
  /** A small JPEG. */
  picture?: Buffer;
  /** In pixels of the upright photo. */
  crop?: Crop;
  notes: readonly string[];
}

export interface SheetPhoto {
  name: string;
  /** Format and size, formatted. */
  facts: readonly string[];
  /** Upright, in pixels; crops refer to these. */
  width?: number;
  height?: number;
  /** A small JPEG. */
  picture?: Buffer;
  failure?: { message: string; hints: readonly string[] };
  notes: readonly string[];
  metadata: readonly MetadataLine[];
  renditions: readonly SheetRendition[];
}

export interface Sheet {
  language: string;
  /** The folder that it shows. */
  subject: string;
  /** When it was made, formatted. */
  made: string;
  photos: readonly SheetPhoto[];
  /** Number of photos that hold coordinates. */
  located: number;
  /** Number of pictures left out to limit the size of the sheet. */
  unseen: number;
}

/**
 * Builds one self-contained HTML page: it embeds its pictures, loads nothing and runs no script, which its Content
 * Security Policy (W3C CSP3) enforces. It opens in any browser, from a disk or a stick.
 */
export function contactSheet(sheet: Sheet, messages: Messages["photo"]["sheet"]): string {
  const presets = [
    ...new Set(sheet.photos.flatMap((photo) => photo.renditions.map((rendition) => rendition.preset))),
  ];
  const cropped = presets.filter((preset) =>
    sheet.photos.some((photo) =>
      photo.renditions.some((rendition) => rendition.preset === preset && rendition.crop),
    ),
  );
  const colour = (preset: string) => `c${presets.indexOf(preset) % 8}`;
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `style-src 'sha256-${createHash("sha256").update(sheetStyle).digest("base64")}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = html`<!doctype html>
<html lang="${sheet.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${messages.title} · ${sheet.subject}</title>
<style>${new Html(sheetStyle)}</style>
</head>
<body>
<header>
<h1>${messages.title}</h1>
<p class="subject">${sheet.subject}</p>
<p class="when">${sheet.made}</p>
<ul class="counts">${counts(sheet, messages)}</ul>
${cropped.length > 0 && html`<p class="legend">${messages.crops} ${cropped.map((preset) => html`<span class="chip ${colour(preset)}">${preset}</span> `)}</p>`}
</header>
<main>
${sheet.photos.map((photo) => card(photo, messages, colour))}
</main>
<footer>${sheet.unseen > 0 && html`<p>${messages.unseen({ count: sheet.unseen })}</p>`}<p>${messages.offline}</p></footer>
</body>
</html>
`;
  return page.html;
}

function counts({ photos, located }: Sheet, messages: Messages["photo"]["sheet"]): Html[] {
  const renditions = photos.reduce((sum, photo) => sum + photo.renditions.length, 0);
  const failures = photos.filter((photo) => photo.failure).length;
  const warnings = photos.filter(
    (photo) =>
      !photo.failure &&
      (photo.notes.length > 0 || photo.renditions.some((rendition) => rendition.notes.length > 0)),
  ).length;
  return [
    html`<li>${messages.photos({ count: photos.length })}</li>`,
    ...(renditions > 0 ? [html`<li>${messages.renditions({ count: renditions })}</li>`] : []),
    ...(failures > 0 ? [html`<li class="bad">${messages.failures({ count: failures })}</li>`] : []),
    ...(warnings > 0 ? [html`<li class="warn">${messages.warnings({ count: warnings })}</li>`] : []),
    ...(located > 0 ? [html`<li class="warn">${messages.located({ count: located })}</li>`] : []),
  ];
}

function card(
  photo: SheetPhoto,
  messages: Messages["photo"]["sheet"],
  colour: (preset: string) => string,
): Html {
  const { failure, renditions, metadata } = photo;
  return html`<article class="${failure ? "failed" : renditions.length > 0 ? "made" : "read"}">
<figure class="source">
<div class="picture">${image(photo.picture, photo.name, messages)}${boxes(photo, colour)}</div>
<figcaption><b>${photo.name}</b>${factLine(photo.facts)}</figcaption>
</figure>
<div class="rest">
${failure && html`<p class="problem"><b>${failure.message}</b>${failure.hints.map((hint) => html`<span>${hint}</span>`)}</p>`}
${photo.notes.map((note) => html`<p class="note">${note}</p>`)}
${
  renditions.length > 0 &&
  html`<div class="renditions">${renditions.map(
    (rendition) => html`<figure class="${colour(rendition.preset)}">
<div class="picture">${image(rendition.picture, rendition.name, messages)}</div>
<figcaption><b class="chip">${rendition.preset}</b>${factLine(rendition.facts)}</figcaption>
</figure>`,
  )}</div>`
}
${renditions.map((rendition) => rendition.notes.map((note) => html`<p class="note"><b class="chip ${colour(rendition.preset)}">${rendition.preset}</b> ${note}</p>`))}
${
  metadata.length > 0 &&
  html`<section class="metadata"><h2>${renditions.length > 0 ? messages.removed : messages.tells}</h2><dl>${metadata.map(
    (line) =>
      html`<div class="${line.private ? "private" : ""}"><dt>${line.label}</dt><dd>${
        line.link
          ? html`<a href="${line.link}" rel="noreferrer noopener" target="_blank">${line.text}</a>`
          : line.text
      }</dd></div>`,
  )}</dl></section>`
}
</div>
</article>
`;
}

function image(picture: Buffer | undefined, name: string, messages: Messages["photo"]["sheet"]): Html {
  if (!picture) return html`<div class="missing">${messages.pictureMissing}</div>`;
  const source = `data:image/jpeg;base64,${picture.toString("base64")}`;
  return html`<img src="${new Html(source)}" alt="${name}" loading="lazy" decoding="async">`;
}

/** Facts side by side; a line break never splits a fact. */
function factLine(facts: readonly string[]): Html {
  return html`<span>${facts.map((fact) => html`<span class="whole">${fact}</span>`)}</span>`;
}

/** Draws the crop of each preset over the photo. */
function boxes(
  { width, height, picture, renditions }: SheetPhoto,
  colour: (preset: string) => string,
): unknown {
  if (!width || !height || !picture || !renditions.some((rendition) => rendition.crop)) return false;
  const drawn = renditions.flatMap(({ crop, preset }) => {
    if (!crop) return [];
    const place = html`x="${crop.left}" y="${crop.top}" width="${crop.width}" height="${crop.height}"`;
    return [
      html`<rect class="halo" ${place}/><rect class="${colour(preset)}" ${place}><title>${preset}</title></rect>`,
    ];
  });
  return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${drawn}</svg>`;
}
