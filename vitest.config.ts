import { defineConfig } from "vitest/config";

/** Suites that need nothing but npm, and minutes of both cores: they run beside the real ones (npm run test:real). */
export const slow = [
  "test/credentials/kill.test.ts",
  "test/e2e/bad-files.test.ts",
  "test/e2e/bad-server.test.ts",
  "test/e2e/canary.test.ts",
  "test/e2e/foreign-words.test.ts",
  "test/e2e/killed.test.ts",
  "test/e2e/pull.test.ts",
  "test/photo/engine/bounds.test.ts",
  "test/photo/real-photos.test.ts",
];

// The suites against real servers (test/real) install Debian packages and have their own command: npm run test:real.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/real/**", ...slow, "node_modules/**"],
    // Vitest would leave one of two cores to itself.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
