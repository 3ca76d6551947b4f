// The bill of materials of what an operator installs, as CycloneDX JSON, from package-lock.json alone.
// The same lockfile and npm give the same bytes. Run: npm run --silent sbom [-- <file>]
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { licencesOf } from "./licences.mjs";

const root = path.resolve(import.meta.dirname, "..");
const lockfile = readFileSync(path.join(root, "package-lock.json"));
const words = ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"];
const npm = process.env.npm_execpath;
const printed = execFileSync(npm ? process.execPath : "npm", npm ? [npm, ...words] : words, {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  shell: !npm && process.platform === "win32",
});

const bill = JSON.parse(printed);
const lock = JSON.parse(lockfile.toString());
// npm writes the name of the folder, a random number and the time; none of them belongs to what is described.
bill.metadata.component.name = lock.name;
bill.serialNumber = `urn:uuid:${uuidOf(lockfile)}`;
delete bill.metadata.timestamp;
// npm sbom --omit=dev leaves out what both the program and its tests need (yaml, tinyglobby): the lockfile knows better.
const packages = Object.fromEntries(Object.entries(lock.packages).filter(([, { dev }]) => !dev));
const installed = new Map(licencesOf({ packages }).map((entry) => [`${entry.name}@${entry.version}`, entry]));
const isPart = (ref) => installed.has(ref) || ref === bill.metadata.component["bom-ref"];
bill.components = bill.components.filter((component) => isPart(component["bom-ref"]));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => isPart(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isPart) }));
// npm leaves the licences out when it reads the lockfile alone.
for (const component of bill.components) {
  const { licence } = installed.get(component["bom-ref"]);
  if (licence === "") continue;
  component.licenses = [/ (AND|OR) /.test(licence) ? { expression: licence } : { license: { id: licence } }];
}

const text = `${JSON.stringify(bill, null, 2)}\n`;
const [file] = process.argv.slice(2);
if (file) writeFileSync(path.resolve(file), text);
else process.stdout.write(text);

/** A UUID of these bytes (RFC 9562, version 8). */
function uuidOf(bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex");
  const variant = ((Number.parseInt(hash[16], 16) & 3) | 8).toString(16);
  const hex = `${hash.slice(0, 12)}8${hash.slice(13, 16)}${variant}${hash.slice(17, 32)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
