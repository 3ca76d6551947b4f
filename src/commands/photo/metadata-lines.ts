import type { Messages } from "../../language/index.js";
import { type InspectedPhoto, mapLink } from "../../photo/metadata/inspect.js";
import type { MetadataLine } from "../../photo/sheet/sheet.js";
import { formatBytes } from "../../text/bytes.js";
import { formatDay } from "../../text/instant.js";
import type { Language } from "../../text/language.js";

/** A photo's metadata as labelled lines, the most private first. Texts come from the file: clean them before showing. */
export function metadataLines(
  photo: InspectedPhoto,
  { photo: { metadata: messages } }: Messages,
  language: Language,
) {
  const metadata = photo.private;
  const lines: MetadataLine[] = [];
  const add = (label: string, text: string | null | undefined, isPrivate: boolean) => {
    if (text) lines.push({ label, text, private: isPrivate });
  };
  if (metadata.gps) {
    const numbers = `${metadata.gps.latitude.toFixed(5)}, ${metadata.gps.longitude.toFixed(5)}`;
    // A link would lead to one of four places.
    if (metadata.gps.hemisphere_unknown) add(messages.gps, messages.hemisphereUnknown({ numbers }), true);
    else lines.push({ label: messages.gps, text: numbers, link: mapLink(metadata.gps), private: true });
  }
  add(messages.place, metadata.place, true);
  add(messages.persons, metadata.persons.join(", "), true);
  add(messages.owner, metadata.owner, true);
  add(messages.serials, metadata.serial_numbers.join(", "), true);
  add(messages.taken, metadata.taken_at && takenText(metadata.taken_at, language), false);
  add(messages.camera, metadata.camera, false);
  add(messages.software, metadata.software, false);
  add(messages.description, metadata.description, false);
  add(messages.credit, photo.own_text?.credit ?? photo.own_text?.copyright, false);
  add(messages.place, photo.own_text?.place, false);
  const embedded = [
    metadata.video && messages.video,
    metadata.thumbnail && messages.thumbnail,
    metadata.maker_note && messages.makerNote,
    metadata.pictures > 0 && messages.pictures({ count: metadata.pictures }),
    metadata.trailer_bytes > 0 && messages.trailer({ size: formatBytes(metadata.trailer_bytes, language) }),
  ].filter((part) => part !== false);
  add(messages.inside, embedded.join(", "), metadata.video);
  add(messages.unread, metadata.unread.map((part) => messages.unreadParts[part]).join(", "), false);
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

/** "22 November 2026 09.12.30", by the camera's own clock; its zone follows where the camera tells one. */
function takenText(taken: string, language: Language): string {
  const [day = "", time = ""] = taken.split("T");
  const written =
    language === "id"
      ? time.replace(/^(\d\d):(\d\d)(?::(\d\d))?/, (clock) => clock.replaceAll(":", "."))
      : time;
  return `${formatDay(day, language)} ${written}`.trim();
}
