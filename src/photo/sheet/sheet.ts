import { createHash } from "node:crypto";
import type { Messages } from "../../language/index.js";
import { cleanLine, escapeHtml } from "../../text/clean.js";
import type { Crop } from "../types.js";
import { sheetStyle } from "./style.js";

/** One thing that a photo tells, in words. */
export interface MetadataLine {
  label: string;
  text: string;
  /** An address that a person may follow; nothing is loaded from it. */
  link?: string;
  /** Whether it tells of a person or a place. */
  private: boolean;
}

interface SheetRendition {
  preset: string;
  name: string;
  /** Its size, in words. */
  facts: readonly string[];
  /** A small JPEG of it. */
  picture?: Buffer;
  /** In pixels of the upright photo. */
  crop?: Crop;
  notes: readonly string[];
}

export interface SheetPhoto {
  name: string;
  /** What it is, in words. */
  facts: readonly string[];
  /** Upright, in pixels: what crops are measured in. */
  width?: number;
  height?: number;
  /** A small JPEG of it. */
  picture?: Buffer;
  failure?: { message: string; hints: readonly string[] };
  notes: readonly string[];
  metadata: readonly MetadataLine[];
  renditions: readonly SheetRendition[];
}

export interface Sheet {
  language: string;
  /** What it shows: a folder. */
  subject: string;
  /** When it was made, in words. */
  made: string;
  photos: readonly SheetPhoto[];
  /** Photos that hold the place where they were taken. */
  located: number;
  /** Pictures that were left out for the sheet's size. */
  unseen: number;
}

/** Markup; every other text is escaped. */
class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/**
 * One HTML page, whole in itself: pictures are in it, nothing is loaded, no script runs, and its Content Security
 * Policy (W3C CSP3) holds it to that. It opens in any browser, from a disk or a stick.
 */
export function contactSheet(sheet: Sheet, words: Messages["photo"]["sheet"]): string {
  const presets = [...new Set(sheet.photos.flatMap((photo) => photo.renditions.map((one) => one.preset)))];
  const cropped = presets.filter((preset) =>
    sheet.photos.some((photo) => photo.renditions.some((one) => one.preset === preset && one.crop)),
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
<title>${words.title} · ${sheet.subject}</title>
<style>${new Html(sheetStyle)}</style>
</head>
<body>
<header>
<h1>${words.title}</h1>
<p class="subject">${sheet.subject}</p>
<p class="when">${sheet.made}</p>
<ul class="counts">${counts(sheet, words)}</ul>
${cropped.length > 0 && html`<p class="legend">${words.crops} ${cropped.map((preset) => html`<span class="chip ${colour(preset)}">${preset}</span> `)}</p>`}
</header>
<main>
${sheet.photos.map((photo) => card(photo, words, colour))}
</main>
<footer>${sheet.unseen > 0 && html`<p>${words.unseen({ count: sheet.unseen })}</p>`}<p>${words.offline}</p></footer>
</body>
</html>
`;
  return page.markup;
}

function counts({ photos, located }: Sheet, words: Messages["photo"]["sheet"]): Html[] {
  const renditions = photos.reduce((sum, photo) => sum + photo.renditions.length, 0);
  const failures = photos.filter((photo) => photo.failure).length;
  const warnings = photos.filter(
    (photo) =>
      !photo.failure && (photo.notes.length > 0 || photo.renditions.some((one) => one.notes.length > 0)),
  ).length;
  return [
    html`<li>${words.photos({ count: photos.length })}</li>`,
    ...(renditions > 0 ? [html`<li>${words.renditions({ count: renditions })}</li>`] : []),
    ...(failures > 0 ? [html`<li class="bad">${words.failures({ count: failures })}</li>`] : []),
    ...(warnings > 0 ? [html`<li class="warn">${words.warnings({ count: warnings })}</li>`] : []),
    ...(located > 0 ? [html`<li class="warn">${words.located({ count: located })}</li>`] : []),
  ];
}

function card(
  photo: SheetPhoto,
  words: Messages["photo"]["sheet"],
  colour: (preset: string) => string,
): Html {
  const { failure, renditions, metadata: told } = photo;
  return html`<article class="${failure ? "failed" : renditions.length > 0 ? "made" : "read"}">
<figure class="source">
<div class="picture">${image(photo.picture, photo.name, words)}${boxes(photo, colour)}</div>
<figcaption><b>${photo.name}</b>${factLine(photo.facts)}</figcaption>
</figure>
<div class="rest">
${failure && html`<p class="problem"><b>${failure.message}</b>${failure.hints.map((hint) => html`<span>${hint}</span>`)}</p>`}
${photo.notes.map((note) => html`<p class="note">${note}</p>`)}
${
  renditions.length > 0 &&
  html`<div class="renditions">${renditions.map(
    (one) => html`<figure class="${colour(one.preset)}">
<div class="picture">${image(one.picture, one.name, words)}</div>
<figcaption><b class="chip">${one.preset}</b>${factLine(one.facts)}</figcaption>
</figure>`,
  )}</div>`
}
${renditions.map((one) => one.notes.map((note) => html`<p class="note"><b class="chip ${colour(one.preset)}">${one.preset}</b> ${note}</p>`))}
${
  told.length > 0 &&
  html`<section class="told"><h2>${renditions.length > 0 ? words.removed : words.tells}</h2><dl>${told.map(
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

function image(picture: Buffer | undefined, name: string, words: Messages["photo"]["sheet"]): Html {
  if (!picture) return html`<div class="missing">${words.pictureMissing}</div>`;
  const source = `data:image/jpeg;base64,${picture.toString("base64")}`;
  return html`<img src="${new Html(source)}" alt="${name}" loading="lazy" decoding="async">`;
}

/** Facts side by side; none is broken in two. */
function factLine(facts: readonly string[]): Html {
  return html`<span>${facts.map((fact) => html`<span class="whole">${fact}</span>`)}</span>`;
}

/** What each preset takes of the photo, drawn over it. */
function boxes(
  { width, height, picture, renditions }: SheetPhoto,
  colour: (preset: string) => string,
): unknown {
  if (!width || !height || !picture || !renditions.some((one) => one.crop)) return false;
  const drawn = renditions.flatMap(({ crop, preset }) => {
    if (!crop) return [];
    const place = html`x="${crop.left}" y="${crop.top}" width="${crop.width}" height="${crop.height}"`;
    return [
      html`<rect class="halo" ${place}/><rect class="${colour(preset)}" ${place}><title>${preset}</title></rect>`,
    ];
  });
  return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${drawn}</svg>`;
}

/** What is not markup already is foreign: it is cleaned and escaped. `false`, undefined and "" are nothing. */
function html(parts: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const told = values.map((value): string => {
    if (value instanceof Html) return value.markup;
    if (Array.isArray(value)) return value.map((one) => html`${one}`.markup).join("");
    return value === false || value === undefined || value === null
      ? ""
      : escapeHtml(cleanLine(String(value)));
  });
  return new Html(String.raw({ raw: parts }, ...told));
}
