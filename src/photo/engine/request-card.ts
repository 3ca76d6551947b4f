import sharp from "sharp";
import { escapeHtml } from "../../text/clean.js";
import type { RequestCard } from "../types.js";
import { decode, pipelineOf } from "./decode.js";
import type { HeicDecoder } from "./heic.js";
import { openPhoto } from "./open.js";

/** Pixels. WhatsApp shows a picture of this width without scaling it up on any phone. */
const width = 1080;
const margin = 64;
/** A taller photo is cropped, so that the text is seen without opening the picture. */
const maxPhotoHeight = 810;
const quality = 82;
/** Of the system's own: Windows has Segoe UI, macOS Helvetica Neue, Linux DejaVu, Noto or Liberation. */
const family =
  "'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif";

interface Style {
  size: number;
  weight: 400 | 700;
  colour: string;
  /** Most lines; what is longer ends in "…". */
  lines: number;
}

const styles = {
  kicker: { size: 30, weight: 700, colour: "#1a5a62", lines: 1 },
  title: { size: 54, weight: 700, colour: "#16181a", lines: 4 },
  lead: { size: 36, weight: 400, colour: "#2c3033", lines: 8 },
  foot: { size: 30, weight: 700, colour: "#1a5a62", lines: 2 },
} as const satisfies Record<string, Style>;

/**
 * Draws a card that asks for approval: the photo, then title and lead. A JPEG of 1080 pixels width. Throws as `render` does. Where the system has no fonts,
 * letters would be empty boxes, so the card is the photo alone.
 */
export async function drawRequestCard(
  { photo: file, ...texts }: RequestCard,
  heic: HeicDecoder,
): Promise<{ jpeg: Buffer; hasText: boolean }> {
  const photo = await openPhoto(file);
  const { width: photoWidth, height: photoHeight } = photo.facts;
  const height = Math.min(maxPhotoHeight, Math.round((photoHeight * width) / photoWidth));
  const scale = Math.min(1, Math.max(width / photoWidth, height / photoHeight));
  const picture = pipelineOf(await decode(photo, scale, heic)).resize({ width, height, fit: "cover" });
  const hasText = await hasFonts();
  if (!hasText) return { jpeg: await picture.jpeg({ quality }).toBuffer(), hasText };
  const text = await drawTexts(texts);
  const jpeg = await picture
    .extend({ bottom: text.height, background: "#ffffff" })
    .composite([{ input: text.png, left: 0, top: height }])
    .jpeg({ quality })
    .toBuffer();
  return { jpeg, hasText };
}

/** Whether the system draws letters. Without fonts, Pango draws the same empty box for each. */
async function hasFonts(): Promise<boolean> {
  const [m, i] = await Promise.all(["M", "i"].map((letter) => measure(letter, styles.lead)));
  return m !== i;
}

async function drawTexts(texts: Omit<RequestCard, "photo">) {
  let top = margin;
  const lines: string[] = [];
  for (const name of ["kicker", "title", "lead", "foot"] as const) {
    const style = styles[name];
    const wrapped = texts[name] === "" ? [] : await wrap(texts[name], style);
    for (const line of wrapped) {
      top += Math.round(style.size * 1.3);
      lines.push(textElement(line, style, margin, top - Math.round(style.size * 0.3)));
    }
    if (wrapped.length > 0) top += 26;
  }
  const height = top + margin - 26;
  const svg = svgOf(width, height, `<rect width="${width}" height="10" fill="#1a5a62"/>${lines.join("")}`);
  return { png: await sharp(svg).png().toBuffer(), height };
}

/** Wraps a text by the width of its words as they are drawn. */
async function wrap(text: string, style: Style): Promise<string[]> {
  const room = width - 2 * margin;
  const words = text.split(/\s+/).filter((word) => word !== "");
  const lines: string[] = [];
  let line = "";
  for (const [n, word] of words.entries()) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || (await measure(longer, style)) <= room) {
      line = longer;
      continue;
    }
    if (lines.length === style.lines - 1) return [...lines, await withEllipsis(line, style, room)];
    lines.push(line);
    line = word;
    if (n > 400) break;
  }
  return line === "" ? lines : [...lines, await withEllipsis(line, style, room, "")];
}

/** Shortens a line until it fits with what follows it. */
async function withEllipsis(line: string, style: Style, room: number, end = "…"): Promise<string> {
  let letters = Array.from(line);
  let tail = end;
  while (letters.length > 1 && (await measure(letters.join("") + tail, style)) > room) {
    letters = letters.slice(0, -Math.max(1, Math.round(letters.length / 20)));
    tail = "…";
  }
  return letters.join("").trimEnd() + tail;
}

/** Width of a line as it is drawn, in pixels. */
async function measure(line: string, style: Style): Promise<number> {
  const room = Math.min(20_000, Math.ceil(style.size * 1.5 * line.length) + 40);
  const svg = svgOf(
    room,
    style.size * 2,
    textElement(line, { ...style, colour: "#000" }, 10, style.size * 1.4),
  );
  const { info } = await sharp(svg)
    .flatten({ background: "#fff" })
    .trim({ threshold: 10 })
    .toBuffer({ resolveWithObject: true });
  return info.width;
}

function textElement(line: string, { size, weight, colour }: Style, x: number, y: number): string {
  return `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escapeHtml(line)}</text>`;
}

function svgOf(w: number, h: number, content: string): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${content}</svg>`);
}
