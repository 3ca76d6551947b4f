/** Of the Graph API, where kominfo.yaml names no other. */
export const defaultGraphVersion = "v25.0";

/**
 * The last day of each version: https://developers.facebook.com/docs/graph-api/changelog/versions, read 2026-11-28. A version ends
 * two years after its successor came, so that v26.0 ends two years after v27.0 (2026-11-04), although the page says "TBD" there.
 * v27.0 is the newest.
 */
const ends: Readonly<Record<string, string>> = {
  "v21.0": "2027-01-21",
  "v22.0": "2027-05-20",
  "v23.0": "2027-10-08",
  "v24.0": "2028-02-18",
  "v25.0": "2028-07-29",
  "v26.0": "2028-11-04",
};

/** The newest version that this kominfo knows of. */
export const newestGraphVersion = "v27.0";

/** Half a year, in ms: `doctor` warns this long before a version ends. */
const warningMs = 183 * 24 * 60 * 60_000;

/**
 * The last day of a version ("2028-07-29") once it is less than half a year away, past days included; undefined before, and for a
 * version of which no end is known. Versions before those of the table have ended.
 */
export function graphVersionEnding(
  version: string,
  now: Date,
): { end: string; hasEnded: boolean } | undefined {
  const end = ends[version] ?? (isOlder(version) ? "2026-09-24" : undefined);
  if (end === undefined) return undefined;
  const leftMs = Date.parse(end) - now.getTime();
  return leftMs < warningMs ? { end, hasEnded: leftMs <= 0 } : undefined;
}

function isOlder(version: string): boolean {
  return Number(version.slice(1)) < 21;
}
