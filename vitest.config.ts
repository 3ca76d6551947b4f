import { defineConfig } from "vitest/config";

// The suites against real servers (test/real) install Debian packages and have their own command: npm run test:real.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/real/**", "node_modules/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
