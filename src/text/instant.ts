import type { Language } from "./language.js";

const locales = { id: "id-ID", en: "en-GB" } as const;

/** One for each language, made when it is first needed: to make one takes as long as to format a hundred instants. */
const instantFormats = new Map<Language, Intl.DateTimeFormat>();

/** Formats an ISO 8601 instant in Asia/Jakarta: "17 Nov 2026, 10.00 WIB". */
export function formatInstant(instant: string, language: Language): string {
  const format = instantFormats.get(language) ?? newInstantFormat(language);
  instantFormats.set(language, format);
  return `${format.format(new Date(instant))} WIB`;
}

/** The same with its weekday and the whole name of the month: "Rabu, 2 Desember 2026 pukul 07.00 WIB". For a time that somebody chooses. */
export function formatLongInstant(instant: string, language: Language): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    dateStyle: "full",
    timeStyle: "short",
    timeZone: "Asia/Jakarta",
  });
  return `${format.format(new Date(instant))} WIB`;
}

function newInstantFormat(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locales[language], {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "Asia/Jakarta",
  });
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
