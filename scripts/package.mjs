// Makes the tarball that an operator installs: npm install -g --ignore-scripts kominfo-<version>.tgz
// Every laptop gets exactly the packages tested here. Run: npm run package [-- <folder>]
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { operatorPackage } from "./operator-package.mjs";

const root = path.resolve(import.meta.dirname, "..");
const read = (name) => JSON.parse(readFileSync(path.join(root, name), "utf8"));
const source = read("package.json");
const { manifest, shrinkwrap, bundled } = operatorPackage(source, read("package-lock.json"));

// Beside its place: a killed run leaves nothing in the checkout.
const folder = mkdtempSync(path.join(tmpdir(), "kominfo-package-"));
const write = (name, content) =>
  writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
try {
  for (const name of [...source.files, ...bundled]) {
    // Nested packages are bundled by their own names.
    const filter = (from) => path.relative(root, from) === name || path.basename(from) !== "node_modules";
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true, filter });
  }
  write("package.json", manifest);
  write("npm-shrinkwrap.json", shrinkwrap);
  const npm = process.env.npm_execpath;
  const destination = path.resolve(process.argv[2] ?? root);
  const words = ["pack", folder, "--ignore-scripts", "--loglevel=error", "--pack-destination", destination];
  const { status } = spawnSync(npm ? process.execPath : "npm", npm ? [npm, ...words] : words, {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
