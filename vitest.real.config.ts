import { defineConfig } from "vitest/config";

/** The suites against real servers and tools; each installs what it needs from Debian. */
export default defineConfig({
  test: {
    include: ["test/real/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
