/** Days are "YYYY-MM-DD" and times "HH:MM", in Asia/Jakarta (WIB, UTC+07:00 all year) whatever the host's zone. */

const wibMs = 7 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

const weekdays = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"] as const;
export const months = [
  "Januari",
  "Februari",
  "Maret",
  "April",
  "Mei",
  "Juni",
  "Juli",
  "Agustus",
  "September",
  "Oktober",
  "November",
  "Desember",
] as const;

/** Abbreviations and variant spellings, in addition to the first three letters of each name. */
const otherMonths: Record<string, number> = {
  agu: 8,
  agt: 8,
  ags: 8,
  agust: 8,
  nop: 11,
  nopember: 11,
  pebruari: 2,
  peb: 2,
  sept: 9,
};

/** The day in Asia/Jakarta at this instant. */
export function today(now: Date): string {
  return new Date(now.getTime() + wibMs).toISOString().slice(0, 10);
}

/** Adds days to a day; a negative number goes back. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Whether the text is "YYYY-MM-DD" of a day that exists, from 1900 to 2199. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year !== undefined && dayOf(Number(year), Number(month), Number(day)) === text;
}

/** Why a text that is written as a date is none. */
export type DayFault =
  | { fault: "no-such-day" }
  | {
      fault: "weekday-differs";
      /** As it is written: "sabtu". */
      written: string;
      /** The weekday of the date beside it: "Jumat". */
      weekday: string;
      /** "20 November 2026" */
      date: string;
    };

/**
 * Parses `2026-11-22`, `22/11/2026`, `22-11-2026`, `22 November 2026`, `22 Nov 2026`, `hari ini`, `kemarin` and `besok`, each also
 * with its weekday: `Minggu, 22 November 2026`, `Minggu (22/11/2026)`. Returns undefined for any other text, and where the weekday is
 * another's: one of the two is wrong, and nobody can tell which.
 *
 * @param now today, YYYY-MM-DD; "" where "hari ini" means nothing, as in a file
 */
export function parseDay(text: string, now: string): string | undefined {
  const read = readDay(text, now);
  return typeof read === "string" ? read : undefined;
}

/** Tells why `parseDay` or `parseInstant` refuses a text that is written as a date; undefined where it is no date at all. */
export function dayFault(text: string, now: string): DayFault | undefined {
  const read = readDay(text, now) ?? readDay(partsOfInstant(text)?.day ?? "", now);
  return typeof read === "string" ? undefined : read;
}

const weekdayBefore =
  /^(?:hari )?(minggu|ahad|senin|selasa|rabu|kamis|jum'?at|sabtu|min|sen|sel|rab|kam|jum|sab)(?=[ ,.(])[.,]? ?(?:tanggal |tgl\.? ?)?/;

function readDay(text: string, now: string): string | DayFault | undefined {
  const written = plain(text);
  const [before = "", name] = weekdayBefore.exec(written) ?? [];
  const read = readDate(written.slice(before.length).replace(/^\((.*)\)$/, "$1"), now);
  if (read === "") return { fault: "no-such-day" };
  if (read === undefined || name === undefined) return read;
  const actual = weekday(read);
  const meant = name.replace("'", "").replace("ahad", "minggu");
  if (actual.toLowerCase().startsWith(meant)) return read;
  return { fault: "weekday-differs", written: name, weekday: actual, date: writtenDay(read) };
}

/** Returns "" for a date that the calendar does not have. */
function readDate(written: string, now: string): string | undefined {
  const days = { kemarin: -1, "hari ini": 0, besok: 1 }[written];
  if (days !== undefined) return now === "" ? undefined : addDays(now, days);
  const iso = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/.exec(written);
  if (iso) return dayOf(Number(iso[1]), Number(iso[3]), Number(iso[4])) ?? "";
  const short = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(written);
  if (short) return dayOf(Number(short[4]), Number(short[3]), Number(short[1])) ?? "";
  const long = /^(\d{1,2})([ -])([a-z]+)\.?\2(\d{4})$/.exec(written);
  const month = monthOf(long?.[3] ?? "");
  return long && month > 0 ? (dayOf(Number(long[4]), month, Number(long[1])) ?? "") : undefined;
}

/** As a date is compared: small letters, plain digits, spaces and apostrophes, nothing invisible, no full stop behind it. */
function plain(text: string): string {
  return text
    .replace(/[\u2018\u2019\u02bc\u02bb\u00b4\u0060\u2032]/g, "'")
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
    .replace(/(?<=\d)\.$/, "");
}

function monthOf(name: string): number {
  const index = months.findIndex(
    (month) => month.toLowerCase() === name || month.slice(0, 3).toLowerCase() === name,
  );
  return index >= 0 ? index + 1 : (otherMonths[name] ?? 0);
}

/** Returns undefined where the calendar has no such day (31/02). */
function dayOf(year: number, month: number, day: number): string | undefined {
  if (year < 1900 || year > 2199) return undefined;
  const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined;
}

/** Parses `09.30`, `9:30`, `9.30 WIB` and `pukul 09.30` as "09:30". Returns undefined for any other text. */
export function parseTime(text: string): string | undefined {
  const found = /^(?:pukul |pkl?\.? |jam )?(\d{1,2})[.:](\d{2})(?: ?wib)?$/.exec(plain(text));
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, "0")}:${found[2]}`;
}

const zones: Record<string, string> = { wib: "+07:00", wita: "+08:00", wit: "+09:00", z: "Z" };

/**
 * Parses an instant: `2026-11-22T10:00:00+07:00`, or a day and a time as people write them (`22 November 2026 09.30 WIB`).
 * The default zone is WIB. Returns ISO 8601 with a zone and seconds, or undefined for any other text.
 */
export function parseInstant(text: string, now: string): string | undefined {
  const found = partsOfInstant(text);
  const day = found && parseDay(found.day, now);
  const time = found && parseTime(found.time);
  if (!day || !time) return undefined;
  const zone = zones[found.zone] ?? found.zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
  const instant = `${day}T${time}:${found.seconds}${zone}`;
  return Number.isNaN(Date.parse(instant)) ? undefined : instant;
}

function partsOfInstant(
  text: string,
): { day: string; time: string; seconds: string; zone: string } | undefined {
  const [, day, hour, minute, seconds = "00", zone = "wib"] =
    /^(.+?)(?: ?t|,? \(?(?:pukul |pkl?\.? |jam )?)(\d{1,2})[.:](\d{2})(?::(\d{2})(?:\.\d+)?)? ?(z|wib|wita|wit|[+-]\d{2}:?\d{2})?\)?$/.exec(
      plain(text),
    ) ?? [];
  return day === undefined ? undefined : { day, time: `${hour}:${minute}`, seconds, zone };
}

/** Formats an instant in WIB: "22 November 2026 09.30 WIB". `parseInstant` reads it back. */
export function writtenInstant(instant: string): string {
  const wib = new Date(Date.parse(instant) + wibMs).toISOString();
  return `${writtenDay(wib.slice(0, 10))} ${clockTime(wib.slice(11, 16))}`;
}

/** "22 November 2026" */
export function writtenDay(day: string): string {
  const [year, month, date] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1]} ${year}`;
}

/** The name of the weekday, e.g. "Minggu". */
export function weekday(day: string): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

/** "Minggu, 22 November 2026" */
export function longDate(day: string): string {
  return `${weekday(day)}, ${writtenDay(day)}`;
}

/** "Minggu (22/11/2026)", as the Indonesian press writes it. */
export function pressDate(day: string): string {
  const [year, month, date] = day.split("-");
  return `${weekday(day)} (${date}/${month}/${year})`;
}

/** "09.30 WIB" (EYD: a dot between hours and minutes) */
export function clockTime(time: string): string {
  return `${time.replace(":", ".")} WIB`;
}
