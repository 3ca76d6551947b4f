import type { Language } from "./language.js";

const locales = { id: "id-ID", en: "en-GB" } as const;

/** One for each language, made when it is first needed: to make one takes as long as to format a hundred instants. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats an ISO 8601 instant in Asia/Jakarta: "17 November 2026 10.00 WIB". Every date that people read is written so. */
export function formatInstant(instant: string, language: Language): string {
  return withTime(formatOf(language), instant, language);
}

/** The same with its weekday: "Rabu, 2 Desember 2026 07.00 WIB". For a time that somebody chooses. */
export function formatLongInstant(instant: string, language: Language): string {
  return withTime(formatOf(language, "long"), instant, language);
}

/** Formats a day: "17 November 2026"; with its weekday: "Selasa, 17 November 2026". Any other text stays. @param day YYYY-MM-DD */
export function formatDay(day: string, language: Language, weekday?: "long"): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) return day;
  return dayOf(partsOf(formatOf(language, weekday), `${day}T00:00:00+07:00`));
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function formatOf(language: Language, weekday?: "long"): Intl.DateTimeFormat {
  const key = `${language} ${weekday ?? ""}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(locales[language], {
      ...(weekday && { weekday }),
      ...{ day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" },
      ...{ hourCycle: "h23", timeZone: "Asia/Jakarta" },
    });
  formats.set(key, format);
  return format;
}

function partsOf(format: Intl.DateTimeFormat, instant: string): Parts {
  return Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}

function dayOf({ weekday, day, month, year }: Parts): string {
  return `${weekday ? `${weekday}, ` : ""}${day} ${month} ${year}`;
}

function withTime(format: Intl.DateTimeFormat, instant: string, language: Language): string {
  const parts = partsOf(format, instant);
  // EYD: a dot between hours and minutes.
  const time = [parts.hour, parts.minute].join(language === "id" ? "." : ":");
  return `${dayOf(parts)} ${time} WIB`;
}

/** An instant as a person may type it, in either language: "2026-12-02 10.00 WIB". Never before it: seconds go to the next minute. */
export function typedInstant(instant: string): string {
  const minute = Math.ceil(Date.parse(instant) / 60_000) * 60_000;
  const wib = new Date(minute + 7 * 60 * 60_000).toISOString();
  return `${wib.slice(0, 10)} ${wib.slice(11, 16).replace(":", ".")} WIB`;
}

/** Formats the time since an instant in its largest unit: "3 jam", "2 days". */
export function formatWait(since: string, now: Date, language: Language): string {
  return formatMinutes(Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000)), language);
}

/** Formats a duration in its largest unit, rounded down: "59 menit", "3 hours", "1.062 hari". */
export function formatMinutes(minutes: number, language: Language): string {
  const [value, unit] =
    minutes < 60
      ? ([minutes, "minute"] as const)
      : minutes < 48 * 60
        ? ([Math.floor(minutes / 60), "hour"] as const)
        : ([Math.floor(minutes / 60 / 24), "day"] as const);
  return new Intl.NumberFormat(locales[language], { style: "unit", unit, unitDisplay: "long" }).format(value);
}
