import { isGroup } from "../../files/group.js";

/** Metadata fields of a photo: EXIF, XMP (IPTC Core and Extension), IIM. Untrusted text; clean it before printing. */
export interface Fields {
  orientation: number;
  /** `space` as in ICC.1: "RGB", "GRAY", "CMYK"; `profile` is the description in the profile. */
  color: { space: string; profile: string | null };
  /** Degrees (WGS 84), north and east positive. */
  gps: { latitude: number; longitude: number } | null;
  /** Place name. */
  place: string | null;
  /** Serial numbers of camera, lens and flash. */
  serial_numbers: string[];
  /** The camera's owner, else the photographer. */
  owner: string | null;
  /** Names of people in the picture. */
  persons: string[];
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
  const place = [
    first(xmp.Location, xmp.Sublocation, iptc["Sub-location"]),
    first(xmp.City, iptc.City, nested(xmp.LocationCreated, "City"), nested(xmp.LocationShown, "City")),
    first(xmp.State, iptc["Province/State"]),
    first(xmp.Country, iptc["Country/Primary Location Name"]),
  ].filter((name) => name !== null);
  return {
    orientation: orientationOf(exif.Orientation),
    color: { space: spaceOf(groups), profile: first(icc["ICC Description"]) ?? exifSpace(exif) },
    gps: gpsOf(groups),
    place: place.length > 0 ? place.join(", ") : null,
    serial_numbers: serialNumbers(groups),
    owner: first(
      exif.CameraOwnerName,
      xmp.OwnerName,
      exif.Artist,
      exif.XPAuthor,
      xmp.creator,
      iptc["By-line"],
      png.Author,
      exif.Copyright,
      xmp.rights,
      iptc["Copyright Notice"],
    ),
    persons: personsOf(xmp),
    camera: cameraOf(first(exif.Make), first(exif.Model, xmp.Model)),
    taken_at: takenAt(
      exif,
      first(xmp.DateTimeOriginal, xmp.DateCreated, xmp.CreateDate, png["Creation Time"]),
    ),
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
  const cut = (text: string) => text.slice(0, maxLength).replaceAll("\0", "").trim();
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

function gpsOf({ gps = {}, xmp = {} }: Groups): Fields["gps"] {
  return (
    position(gps.Latitude, gps.Longitude) ??
    position(signed(textOf(xmp.GPSLatitude)), signed(textOf(xmp.GPSLongitude)))
  );
}

function position(latitude: unknown, longitude: unknown): Fields["gps"] {
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  // 0,0 means no GPS fix.
  if (latitude === 0 && longitude === 0) return null;
  return { latitude: rounded(latitude), longitude: rounded(longitude) };
}

/** Parses an XMP coordinate such as "6.3641S". */
function signed(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([NSEW])$/.exec(text);
  return match ? Number(match[1]) * (/[SW]/.test(match[2]!) ? -1 : 1) : undefined;
}

/** Rounds to about a tenth of a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function serialNumbers(groups: Groups): string[] {
  const found = new Set<string>();
  for (const name of ["exif", "xmp", "makerNotes"]) {
    for (const [key, tag] of Object.entries(groups[name] ?? {})) {
      const text = /serial/i.test(key) ? textOf(tag) : "";
      if (/[1-9a-z]/i.test(text) && found.size < maxTexts) found.add(text);
    }
  }
  return [...found];
}

/** Collects names from IPTC Extension's PersonInImage and from the face regions of Microsoft and the Metadata Working Group. */
function personsOf(xmp: Group): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, key: string, inRegion: boolean, depth: number): void => {
    if (depth > maxDepth || found.size >= maxTexts) return;
    const isPerson = /^Person(InImage|DisplayName)$/.test(key) || (inRegion && key === "Name");
    if (Array.isArray(value)) for (const item of value) visit(item, key, inRegion, depth + 1);
    else if (isGroup(value)) {
      if (isPerson && !Array.isArray(value.value)) add(textOf(value));
      else if ("value" in value) visit(value.value, key, inRegion, depth + 1);
      else for (const [name, member] of Object.entries(value)) visit(member, name, inRegion, depth + 1);
    } else if (isPerson) add(textOf(value));
  };
  const add = (name: string) => name && found.add(name);
  for (const [key, value] of Object.entries(xmp)) {
    if (/^(PersonInImage|Regions|RegionInfo)/.test(key)) visit(value, key, key.startsWith("Region"), 0);
  }
  return [...found];
}

function cameraOf(make: string | null, model: string | null): string | null {
  if (!make || !model) return model ?? make;
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
}

/** Converts "2026:08:17 07:30:00" and "+07:00" (EXIF 2.32, tags 0x9003 and 0x9011) to ISO 8601. */
function takenAt(exif: Group, fallback: string | null): string | null {
  const [, day, time] =
    /^(\d{4}:\d\d:\d\d) (\d\d:\d\d:\d\d)/.exec(
      textOf(exif.DateTimeOriginal) || textOf(exif.DateTimeDigitized) || textOf(exif.DateTime),
    ) ?? [];
  if (!day || !time || day.startsWith("0000")) return fallback;
  const zone = /^[+-]\d\d:\d\d$/.exec(textOf(exif.OffsetTimeOriginal) || textOf(exif.OffsetTime))?.[0] ?? "";
  return `${day.replaceAll(":", "-")}T${time}${zone}`;
}

function nested(tag: unknown, key: string): unknown {
  const value = isGroup(tag) ? tag.value : undefined;
  const first = Array.isArray(value) ? value[0] : value;
  return isGroup(first) ? first[key] : undefined;
}
