import type { Messages } from "../../language/index.js";
import { type InspectedPhoto, mapLink } from "../../photo/metadata/inspect.js";
import type { MetadataLine } from "../../photo/sheet/sheet.js";
import { formatBytes } from "../../text/bytes.js";
import type { Language } from "../../text/language.js";

/** What a photo tells, in words, what matters most first. Texts are the file's own: to be cleaned when shown. */
export function metadataLines(
  photo: InspectedPhoto,
  { photo: { told: words } }: Messages,
  language: Language,
) {
  const told = photo.private;
  const lines: MetadataLine[] = [];
  const tell = (label: string, text: string | null | undefined, isPrivate: boolean) => {
    if (text) lines.push({ label, text, private: isPrivate });
  };
  if (told.gps) {
    const text = `${told.gps.latitude.toFixed(5)}, ${told.gps.longitude.toFixed(5)}`;
    lines.push({ label: words.gps, text, link: mapLink(told.gps), private: true });
  }
  tell(words.place, told.place, true);
  tell(words.persons, told.persons.join(", "), true);
  tell(words.owner, told.owner, true);
  tell(words.serials, told.serial_numbers.join(", "), true);
  tell(words.taken, told.taken_at?.replace("T", " "), false);
  tell(words.camera, told.camera, false);
  tell(words.software, told.software, false);
  tell(words.description, told.description, false);
  const inside = [
    told.video && words.video,
    told.thumbnail && words.thumbnail,
    told.maker_note && words.makerNote,
    told.pictures > 0 && words.pictures({ count: told.pictures }),
    told.trailer_bytes > 0 && words.trailer({ size: formatBytes(told.trailer_bytes, language) }),
  ].filter((one) => one !== false);
  tell(words.inside, inside.join(", "), told.video);
  return lines;
}

/** "JPEG", "4032 x 3024", "3,2 MB", "Display P3", "diputar" */
export function photoFacts(photo: InspectedPhoto, messages: Messages, language: Language): string[] {
  const { format, width, height, bytes, color, orientation } = photo;
  const profile = color.profile ?? (color.space === "RGB" ? "sRGB" : color.space);
  return [
    format.toUpperCase(),
    `${width} x ${height}`,
    formatBytes(bytes, language),
    profile,
    ...(orientation > 1 ? [messages.photo.rotated] : []),
  ];
}
