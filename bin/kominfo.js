#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
const only = process.argv.length === 3 ? process.argv[2] : undefined;

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `kominfo membutuhkan Node.js 20.19 atau lebih baru; yang terpasang ${process.version}.\n`,
  );
  process.exitCode = 2;
} else if (only === "--version" || only === "-V") {
  // Scripts ask for the version most often, so it is answered without loading the program.
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  process.stdout.write(`${manifest.version}\n`);
} else if (!existsSync(new URL("../dist/main.js", import.meta.url))) {
  process.stderr.write("kominfo belum dirakit. Jalankan: npm ci && npm run build\n");
  process.exitCode = 2;
} else {
  module.enableCompileCache?.();
  const { main } = await import("../dist/main.js");
  const { processHost } = await import("../dist/terminal/host.js");
  const { secretVariables } = await import("../dist/credentials/variables.js");
  process.exitCode = await main(process.argv.slice(2), processHost(secretVariables));
}
