import { isGroup } from "../../files/group.js";
import { mendedText } from "./mended-text.js";
import { takenAt } from "./taken.js";

/** Metadata fields of a photo that name no person and no place. Untrusted text; clean it before printing. */
export interface Fields {
  orientation: number;
  /** `space` as in ICC.1: "RGB", "GRAY", "CMYK"; `profile` is the description in the profile. */
  color: { space: string; profile: string | null };
  /** Make and model. */
  camera: string | null;
  /** ISO 8601, with the zone when the camera records one. */
  taken_at: string | null;
  software: string | null;
  description: string | null;
  thumbnail: boolean;
  maker_note: boolean;
  pictures: number;
}

type Group = Readonly<Record<string, unknown>>;
type Groups = Readonly<Record<string, Group | undefined>>;

/** Characters kept of one text, and number of texts kept per field, because files may hold megabytes. */
const maxTextLength = 300;
const maxTexts = 20;
/** Nesting depth to which XMP structures are followed. */
const maxDepth = 8;

/**
 * Reads the metadata fields of a photo. Never throws because of the bytes: fields that cannot be read stay empty.
 * Ignores compressed text of a PNG, which may unpack to any size.
 */
export async function fieldsOf(content: Buffer): Promise<Fields> {
  const groups = await groupsOf(content);
  const { exif = {}, xmp = {}, iptc = {}, icc = {}, png = {}, mpf = {} } = groups;
  const first = (...tags: unknown[]): string | null =>
    tags.map((tag) => textOf(tag)).find((text) => text !== "") ?? null;
  return {
    orientation: orientationOf(exif.Orientation),
    color: { space: spaceOf(groups), profile: first(icc["ICC Description"]) ?? exifSpace(exif) },
    camera: cameraOf(first(exif.Make), first(exif.Model, xmp.Model)),
    taken_at: takenAt([
      [textOf(exif.DateTimeOriginal), textOf(exif.OffsetTimeOriginal) || textOf(exif.OffsetTime)],
      [textOf(exif.DateTimeDigitized), textOf(exif.OffsetTimeDigitized) || textOf(exif.OffsetTime)],
      [textOf(exif.DateTime), textOf(exif.OffsetTime)],
      [textOf(xmp.DateTimeOriginal)],
      [textOf(xmp.DateCreated)],
      [textOf(xmp.CreateDate)],
      [`${textOf(iptc["Date Created"])} ${textOf(iptc["Time Created"])}`],
      [textOf(png["Creation Time"])],
    ]),
    software: first(exif.Software, xmp.CreatorTool, iptc["Originating Program"], png.Software),
    description: first(
      exif.ImageDescription,
      xmp.description,
      iptc["Caption/Abstract"],
      exif.UserComment,
      exif.XPComment,
      png.Description,
    ),
    thumbnail: groups.Thumbnail?.image !== undefined || numberOf(groups.jfif?.["JFIF Thumbnail Width"]) > 0,
    maker_note: exif.MakerNote !== undefined,
    pictures: Math.max(0, numberOf(mpf.NumberOfImages) - 1),
  };
}

/** Reads the tags of a photo, grouped by metadata standard. Returns no groups when the bytes cannot be read. */
export async function groupsOf(content: Buffer): Promise<Groups> {
  const { default: reader } = await import("exifreader");
  try {
    return quietly(() => reader.load(content, { expanded: true }) as unknown as Groups);
  } catch {
    return {};
  }
}

/** Runs `work` without console warnings: exifreader warns of odd files, and only commands may print. */
function quietly<T>(work: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}

/**
 * Returns the text of a tag; several values are joined with commas.
 *
 * @param maxLength characters kept
 */
export function textOf(tag: unknown, maxLength = maxTextLength, depth = 0): string {
  if (depth > maxDepth) return "";
  const cut = (text: string) => mendedText(text.slice(0, maxLength)).replaceAll("\0", "").trim();
  if (typeof tag === "string") return /^\[(Undefined encoding|Raw )/.test(tag) ? "" : cut(tag);
  if (typeof tag === "number") return String(tag);
  if (Array.isArray(tag)) {
    const texts = tag.slice(0, maxTexts).map((value) => textOf(value, maxLength, depth + 1));
    return cut(texts.filter(Boolean).join(", "));
  }
  if (!isGroup(tag)) return "";
  const value = Array.isArray(tag.value) && isGroup(tag.value[0]) ? tag.value : tag.description;
  return textOf(value, maxLength, depth + 1);
}

function numberOf(tag: unknown): number {
  const value = isGroup(tag) ? tag.value : undefined;
  const number = Array.isArray(value) ? value[0] : value;
  return typeof number === "number" && Number.isFinite(number) ? number : 0;
}

function orientationOf(tag: unknown): number {
  const value = numberOf(tag);
  return Number.isInteger(value) && value >= 1 && value <= 8 ? value : 1;
}

function spaceOf({ icc = {}, file = {}, pngFile = {} }: Groups): string {
  const declared = textOf(icc["Color Space"]);
  if (declared) return declared;
  const components = numberOf(file["Color Components"]);
  if (components === 4) return "CMYK";
  return components === 1 || /^Gr[ae]yscale/.test(textOf(pngFile["Color Type"])) ? "GRAY" : "RGB";
}

/** The colour space of files without a profile (EXIF 2.32, tag 0xA001). */
function exifSpace(exif: Group): string | null {
  return numberOf(exif.ColorSpace) === 1 ? "sRGB" : null;
}

function cameraOf(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make;
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}
