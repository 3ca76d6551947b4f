// Makes a checkout ready to run: installs when the lockfile changed, builds when a source did. Quick when nothing did.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const at = (...parts) => path.join(root, ...parts);

once(at("node_modules", ".kominfo-ready"), [at("package-lock.json")], "installing (npm ci) …", () => {
  const npm = process.env.npm_execpath;
  const words = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  if (npm) run(process.execPath, [npm, ...words]);
  else run("npm", words);
});

const sources = readdirSync(at("src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort();
once(
  at("dist", ".kominfo-built"),
  [at("tsconfig.json"), at("package-lock.json"), ...sources],
  "building (tsc) …",
  () => {
    // Built beside its place: what runs from dist/ meanwhile never misses a file.
    const fresh = at(`dist-${process.pid}`);
    run(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", root, "--outDir", fresh]);
    // What is read as it is while the program runs: the desk's views and assets.
    for (const folder of ["views", "assets"]) {
      const desk = path.join("newsroom", "desk", folder);
      cpSync(at("src", desk), path.join(fresh, desk), { recursive: true });
    }
    rmSync(at("dist"), { recursive: true, force: true });
    renameSync(fresh, at("dist"));
  },
);

/** Does `work` unless `marker` says that it was done for exactly these files. */
function once(marker, files, words, work) {
  const hash = createHash("sha256").update(process.version);
  for (const file of files) hash.update(path.relative(root, file)).update("\0").update(readFileSync(file));
  const wanted = hash.digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  process.stderr.write(`kominfo: ${words}\n`);
  work();
  writeFileSync(marker, wanted);
}

function run(command, words) {
  const { status } = spawnSync(command, words, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
