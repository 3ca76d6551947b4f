/**
 * From when and until when each version answers: https://developers.facebook.com/docs/graph-api/changelog/versions as of
 * 2026-11; null: the end is not announced.
 *
 * @type {Readonly<Record<string, readonly [string, string | null]>>}
 */
const versions = {
  "v19.0": ["2024-01-23", "2026-05-21"],
  "v20.0": ["2024-05-21", "2026-09-24"],
  "v21.0": ["2024-10-02", "2027-01-21"],
  "v22.0": ["2025-01-21", "2027-05-20"],
  "v23.0": ["2025-05-29", "2027-10-08"],
  "v24.0": ["2025-10-08", "2028-02-18"],
  "v25.0": ["2026-02-18", "2028-07-29"],
  "v26.0": ["2026-07-29", null],
  "v27.0": ["2026-11-04", null],
};

/**
 * "unknown", "ended" or "answers".
 *
 * @param {string} version
 * @param {number} now
 */
export function versionState(version, now) {
  const life = Object.hasOwn(versions, version) ? versions[version] : undefined;
  if (!life || Date.parse(life[0]) > now) return "unknown";
  return life[1] !== null && Date.parse(life[1]) <= now ? "ended" : "answers";
}
