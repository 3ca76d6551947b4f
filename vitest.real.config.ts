import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { defineConfig } from "vitest/config";
import { slow } from "./vitest.config.js";

const patience = { testTimeout: 300_000, hookTimeout: 300_000 };
const setup = (name: string) => `test/real/servers/${name}-setup.ts`;
const newsroom = globSync("test/newsroom/**/*.test.ts", { cwd: import.meta.dirname });
/** Whoever stores a byte of a photo or looks for one has such a word: other suites tell nothing of a store of bytes. */
const bytes =
  /\b(uploadPhoto|openStorage|blobs|unfinished|onDisk|backUp)\b|\/uploads\b|support\/(samples|fuzzing)\.js/;
const withBytes = newsroom.filter((file) => bytes.test(readFileSync(file, "utf8")));
const withoutBytes = newsroom.filter((file) => !withBytes.includes(file));

/** The newsroom's suites once more, the same assertions, on other stores than SQLite and the disk. */
const onStores = (name: string, order: number, include: string[], globalSetup: string[]) => ({
  // Each suite has a schema and a prefix of its own, and those that replace something put it back: no suite of the
  // newsroom changes what another one sees.
  test: {
    name,
    include,
    globalSetup,
    isolate: false,
    maxWorkers: 2,
    sequence: { groupOrder: order },
    ...patience,
  },
});

/** The suites against real servers and tools; each installs what it needs from Debian. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "real",
          include: ["test/real/**/*.test.ts", ...slow],
          // They start servers, install packages and time their faults: one at a time.
          fileParallelism: false,
          ...patience,
        },
      },
      onStores("PostgreSQL", 1, withoutBytes, [setup("database")]),
      onStores("PostgreSQL and S3", 2, withBytes, [setup("database"), setup("blobs")]),
    ],
  },
});
