import { defineConfig } from "vitest/config";
import { slow } from "./vitest.config.js";

const patience = { testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false };
const setup = (name: string) => `test/real/servers/${name}-setup.ts`;
/** The newsroom's suites once more, the same assertions, on other stores than SQLite and the disk. */
const onStores = (name: string, globalSetup: string[]) => ({
  test: { name, include: ["test/newsroom/**/*.test.ts"], globalSetup, ...patience },
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
      onStores("PostgreSQL", [setup("database")]),
      onStores("S3", [setup("blobs")]),
    ],
  },
});
