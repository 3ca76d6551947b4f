import sharp, { type OverlayOptions } from "sharp";
import { escapeHtml } from "../../text/clean.js";
import type { RequestCard } from "../types.js";
import { decode, pipelineOf } from "./decode.js";
import type { HeicDecoder } from "./heic.js";
import { openPhoto } from "./open.js";

/** Pixels. WhatsApp shows a picture of this width without scaling it up on any phone. */
const width = 1080;
const margin = 64;
/** Below each text. */
const gap = 28;
/** A taller photo is cropped, so that the text is seen without opening the picture. */
const maxPhotoHeight = 810;
const quality = 82;
const office = "#1a5a62";

interface TextStyle {
  /** Pixels. */
  size: number;
  weight: "normal" | "bold";
  colour: string;
}

const styles = {
  kicker: { size: 30, weight: "bold", colour: office },
  title: { size: 54, weight: "bold", colour: "#16181a" },
  lead: { size: 36, weight: "normal", colour: "#2c3033" },
  foot: { size: 30, weight: "bold", colour: office },
} as const satisfies Record<string, TextStyle>;

/**
 * Draws a card that asks for approval: the photo, and below it the words, in a font of the system (Windows: Segoe UI). A JPEG of
 * 1080 pixels width. Where the system has no fonts, letters would be empty boxes, so the card is the photo alone. Throws as
 * `render` does.
 */
export async function drawRequestCard(
  { photo: file, ...words }: RequestCard,
  heic: HeicDecoder,
): Promise<{ jpeg: Buffer; hasText: boolean }> {
  const photo = await openPhoto(file);
  const whole = photo.facts;
  const height = Math.min(maxPhotoHeight, Math.round((whole.height * width) / whole.width));
  const scale = Math.min(1, Math.max(width / whole.width, height / whole.height));
  const picture = pipelineOf(await decode(photo, scale, heic)).resize({ width, height, fit: "cover" });
  const hasText = await hasFonts();
  if (!hasText) return { jpeg: await picture.jpeg({ quality }).toBuffer(), hasText };
  const layers: OverlayOptions[] = [];
  let top = height + margin;
  for (const name of ["kicker", "title", "lead", "foot"] as const) {
    if (words[name] === "") continue;
    const drawn = await drawText(words[name], styles[name]);
    layers.push({ input: drawn.png, left: margin, top });
    top += drawn.height + gap;
  }
  const jpeg = await picture
    .extend({ bottom: top - gap + margin - height, background: "#ffffff" })
    .composite(layers)
    .jpeg({ quality })
    .toBuffer();
  return { jpeg, hasText };
}

/** Whether the system draws letters. Without fonts, Pango draws the same empty box for each. */
async function hasFonts(): Promise<boolean> {
  const [wide, narrow] = await Promise.all(["M", "i"].map((letter) => drawText(letter, styles.lead)));
  return wide!.width !== narrow!.width;
}

/** Draws a text in lines of the card's width, transparent around its letters. */
async function drawText(text: string, { size, weight, colour }: TextStyle) {
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}">${escapeHtml(text)}</span>`,
      font: `Segoe UI, Helvetica Neue, Arial, Noto Sans, Liberation Sans, DejaVu Sans, sans-serif ${weight === "bold" ? "Bold " : ""}${size}`,
      width: width - 2 * margin,
      wrap: "word-char",
      spacing: Math.round(size * 0.2),
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}
