// Makes the tarball that an operator installs: npm install -g --ignore-scripts kominfo-<version>.tgz
// It carries the lockfile (as npm-shrinkwrap.json), so that every laptop gets exactly the packages tested here.
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const shrinkwrap = path.join(root, "npm-shrinkwrap.json");
copyFileSync(path.join(root, "package-lock.json"), shrinkwrap);
const npm = process.env.npm_execpath;
const words = ["pack", "--ignore-scripts", "--loglevel=error"];
const { status } = spawnSync(npm ? process.execPath : "npm", npm ? [npm, ...words] : words, {
  cwd: root,
  stdio: "inherit",
});
rmSync(shrinkwrap);
process.exitCode = status ?? 1;
