import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { defineConfig } from "vitest/config";
import { slow } from "./vitest.config.js";

const patience = { testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false };
const setup = (name: string) => `test/real/servers/${name}-setup.ts`;
const newsroom = globSync("test/newsroom/**/*.test.ts", { cwd: import.meta.dirname });
/** Whoever stores a byte of a photo or looks for one has such a word: other suites tell nothing of a store of bytes. */
const bytes =
  /\b(uploadPhoto|openStorage|blobs|unfinished|onDisk|backUp)\b|\/uploads\b|support\/(samples|fuzzing)\.js/;
const withBytes = newsroom.filter((file) => bytes.test(readFileSync(file, "utf8")));
const withoutBytes = newsroom.filter((file) => !withBytes.includes(file));

/** The newsroom's suites once more, the same assertions, on other stores than SQLite and the disk. */
const onStores = (name: string, include: string[], globalSetup: string[]) => ({
  // Those that replace something put it back: no suite of the newsroom changes what the next one sees.
  test: { name, include, globalSetup, isolate: false, ...patience },
});

/** The suites against real servers and tools; each installs what it needs from Debian. */
export default defineConfig({
  test: {
    fileParallelism: false,
    projects: [
      {
        test: {
          name: "real",
          include: ["test/real/**/*.test.ts", ...slow],
          ...patience,
        },
      },
      onStores("PostgreSQL", withoutBytes, [setup("database")]),
      onStores("PostgreSQL and S3", withBytes, [setup("database"), setup("blobs")]),
    ],
  },
});
