const minuteMs = 60_000;
const unitsMs: ReadonlyMap<string, number> = new Map([
  ["m", minuteMs],
  ["menit", minuteMs],
  ["h", 60 * minuteMs],
  ["j", 60 * minuteMs],
  ["jam", 60 * minuteMs],
  ["d", 24 * 60 * minuteMs],
  ["hari", 24 * 60 * minuteMs],
]);

/** Reads "8h", "30m", "1d", or "8 jam", "30 menit", "1 hari" as milliseconds; undefined for anything else. */
export function parseDuration(value: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,5})\s*([a-z]+)$/.exec(value.trim().toLowerCase()) ?? [];
  const unitMs = unitsMs.get(unit);
  return unitMs && Number(count) * unitMs;
}
