const minutes = 60_000;
const day = 24 * 60 * minutes;
/** Offset of Western Indonesian Time, which has no daylight saving time. */
const wib = 7 * 60 * minutes;

/**
 * The bounds of an ISO 8601 week (e.g. "2026-W47") in Western Indonesian Time, from Monday 00:00 to the next Monday 00:00;
 * undefined when the year has no such week.
 */
export function weekOf(week: string): { from: Date; until: Date } | undefined {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (!year || !number) return undefined;
  const from = firstMonday(Number(year)) + (Number(number) - 1) * 7 * day;
  if (Number(number) < 1 || from >= firstMonday(Number(year) + 1)) return undefined;
  return { from: new Date(from), until: new Date(from + 7 * day) };
}

/** Start of week 1, which contains the 4th of January (ISO 8601). */
function firstMonday(year: number): number {
  const fourth = new Date(0);
  fourth.setUTCFullYear(year, 0, 4);
  return fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * day - wib;
}
