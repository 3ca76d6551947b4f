// Fails for a package of package-lock.json whose licence nobody has agreed to. Run: npm run licences
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * SPDX identifiers that fit a program under the MIT licence. The LGPL's are libraries that are linked at run time and can
 * be replaced (libvips, libheif); what is under the MPL is used unchanged.
 */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "LGPL-3.0",
  "LGPL-3.0-or-later",
  "MIT",
  "MPL-2.0",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
]);

/** Licences of packages that state theirs elsewhere than in package.json, by name and version. */
const statedElsewhere = {
  // The end of its Readme.md.
  "combine-errors@3.0.3": "MIT",
  // Its LICENSE.
  "twitter-text@3.1.0": "Apache-2.0",
};

/** Under the GPL, and only tests load them: nobody gets them with the program. */
const testsOnly = ["@wordpress/block-serialization-default-parser"];

/**
 * Every package of a lockfile (version 3) once, with its SPDX licence or expression, "" where it states none.
 *
 * @param {{ packages: Record<string, { name?: string, version?: string, license?: string, dev?: boolean }> }} lock
 * @returns {{ name: string, version: string, licence: string }[]}
 */
export function licencesOf(lock) {
  const found = Object.entries(lock.packages)
    .filter(([place, { dev }]) => place !== "" && !(dev && testsOnly.includes(nameOf(place))))
    .map(([place, { name = nameOf(place), version = "", license }]) => ({
      name,
      version,
      licence: license ?? statedElsewhere[`${name}@${version}`] ?? "",
    }));
  return [...new Map(found.map((entry) => [`${entry.name}@${entry.version}`, entry])).values()];
}

function nameOf(place) {
  return place.split("node_modules/").at(-1) ?? "";
}

/**
 * Whether a licence is allowed: of "A OR B" one, of "A AND B" both. Other forms are not.
 *
 * @param {string} expression
 */
export function isAllowed(expression) {
  const plain = expression.replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(plain)) return false;
  return plain.split(" OR ").some((choice) => choice.split(" AND ").every((id) => allowed.has(id)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const lock = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../package-lock.json"), "utf8"));
  const packages = licencesOf(lock);
  const refused = packages.filter(({ licence }) => !isAllowed(licence));
  for (const { name, version, licence } of refused)
    console.error(`${name}@${version}: ${licence || "no licence"}`);
  console.log(`${packages.length} packages, ${refused.length} with a licence that is not allowed`);
  process.exitCode = refused.length > 0 ? 1 : 0;
}
