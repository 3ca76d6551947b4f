/** "2026:08:17 07:30:00" (EXIF 2.32, tag 0x9003), "2026-08-17T07:30:00.5+07:00" (XMP), either with or without its end. */
const written =
  /^(\d{4})[:/.-] ?(\d{1,2})[:/.-] ?(\d{1,2})(?:[T ]+(\d{1,2}): ?(\d{1,2})(?:: ?(\d{1,2})(\.\d{1,9})?)?\s*(Z|WIB|WITA|WIT|[+-]\d{1,2}(?::?\d{2})?)?)?$/i;
/** The zones of Indonesia, as letters. */
const zonesByName: Readonly<Record<string, string>> = {
  Z: "Z",
  WIB: "+07:00",
  WITA: "+08:00",
  WIT: "+09:00",
};
/** The year of the first photograph that is kept; and one that no clock that is right shows yet. */
const [firstYear, lastYear] = [1826, 2099];
/** Where clocks begin that nobody has set: of .NET, of the Mac, of Unix, of FAT and DOS. Nobody took a photo in that very second. */
const unsetClock = /^(?:0001-01-01|(?:1904|1970|1980)-01-01T00:00(?::00(?:\.0+)?)?(?![\d:]))/;
const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Minutes by which clocks differ from UTC on Earth. */
const [leastZone, mostZone] = [-12 * 60, 14 * 60];

/**
 * Returns the first of several dates that exists, in ISO 8601, with its zone when one is written. A date with a day, a
 * time or a zone that does not exist is none, nor is the beginning of a clock that was never set; null when there is
 * none at all.
 *
 * @param candidates each a date and, where the file has one apart, its zone (EXIF 2.32, tag 0x9011)
 */
export function takenAt(candidates: readonly (readonly [date: string, zone?: string])[]): string | null {
  for (const [date, zone = ""] of candidates) {
    const taken = readDate(date, zone);
    if (taken) return taken;
  }
  return null;
}

/** Converts one date to ISO 8601; undefined when it does not exist, or when the clock was never set. */
export function readDate(date: string, zoneBeside: string): string | undefined {
  const match = written.exec(date.trim());
  if (!match) return undefined;
  const [, year = "", month = "", day = "", hour, minute = "", second, fraction = "", zoneWithin] = match;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (hour === undefined) return unsetClock.test(iso) ? undefined : iso;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined;
  const zone = zoneOf(zoneWithin ?? zoneBeside);
  if (zone === undefined) return undefined;
  const seconds = second === undefined ? "" : `:${second.padStart(2, "0")}${fraction}`;
  const taken = `${iso}T${hour.padStart(2, "0")}:${minute.padStart(2, "0")}${seconds}${zone}`;
  return unsetClock.test(taken) ? undefined : taken;
}

function isDay(year: number, month: number, day: number): boolean {
  const length = monthLengths[month - 1];
  if (year < firstYear || year > lastYear || length === undefined || day < 1 || day > length) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month !== 2 || day < 29 || isLeap;
}

/** "+07:00", "Z"; empty where no zone is written; undefined for one that no clock on Earth has. */
function zoneOf(text: string): string | undefined {
  const named = zonesByName[text.trim().toUpperCase()];
  if (named) return named;
  const match = /^\s*([+-])(\d{1,2})(?::?(\d{2}))?\s*$/.exec(text);
  // Cameras that know no zone fill the field with blanks.
  if (!match) return "";
  const [, sign = "", hours = "", minutes = "00"] = match;
  const size = Number(hours) * 60 + Number(minutes);
  const offset = sign === "-" ? -size : size;
  if (Number(minutes) > 59 || offset < leastZone || offset > mostZone) return undefined;
  return `${sign}${hours.padStart(2, "0")}:${minutes}`;
}
