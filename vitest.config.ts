import { defineConfig } from "vitest/config";

// The suites against real servers (test/real) install Debian packages and have their own command: npm run test:real.
// The whole corpus of real photos takes a minute of both cores, and is run there too.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/real/**", "test/photo/real-photos.test.ts", "node_modules/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
