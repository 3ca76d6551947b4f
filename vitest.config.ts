import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { defineConfig } from "vitest/config";

/** Suites that need nothing but npm, and minutes of both cores: they run beside the real ones (npm run test:real). */
export const slow = [
  "test/commands/preview.test.ts",
  "test/credentials/kill.test.ts",
  "test/e2e/bad-files.test.ts",
  "test/e2e/bad-server.test.ts",
  "test/e2e/canary.test.ts",
  "test/e2e/foreign-words.test.ts",
  "test/e2e/killed.test.ts",
  "test/e2e/links.test.ts",
  "test/e2e/preview.test.ts",
  "test/e2e/pull.test.ts",
  "test/e2e/streams.test.ts",
  "test/e2e/terminal.test.ts",
  "test/newsroom/api/audit.test.ts",
  "test/newsroom/api/permission-waiting.test.ts",
  "test/newsroom/api/renderings.test.ts",
  "test/newsroom/api/permission.test.ts",
  "test/newsroom/desk/approve.test.ts",
  "test/newsroom/desk/compare.test.ts",
  "test/newsroom/desk/confirm.test.ts",
  "test/newsroom/desk/clumsy.test.ts",
  "test/newsroom/desk/desk.test.ts",
  "test/newsroom/desk/ready.test.ts",
  "test/newsroom/desk/roles.test.ts",
  "test/newsroom/desk/scope.test.ts",
  "test/newsroom/guesses.test.ts",
  "test/newsroom/operation/disconnects.test.ts",
  "test/newsroom/publishing/desk-plan.test.ts",
  "test/newsroom/publishing/grants.test.ts",
  "test/newsroom/publishing/model.test.ts",
  "test/newsroom/publishing/race.test.ts",
  "test/newsroom/publishing/take-down.test.ts",
  "test/newsroom/store/busy.test.ts",
  "test/newsroom/store/stores.test.ts",
  "test/newsroom/texts/texts.test.ts",
  "test/newsroom/uploads/costly-photos.test.ts",
  "test/newsroom/uploads/limits.test.ts",
  "test/newsroom/uploads/races.test.ts",
  "test/photo/engine/bounds.test.ts",
  "test/photo/real-photos.test.ts",
  "test/truth/every-command.test.ts",
];

/** Suites that change what others in their process would see. */
const changing = globSync("test/**/*.test.ts", { cwd: import.meta.dirname }).filter((file) =>
  /\bvi\.(mock|doMock|spyOn|stub)|\bprocess\.(env\.\w+ = |chdir)/.test(readFileSync(file, "utf8")),
);

// The suites against real servers (test/real) install Debian packages and have their own command: npm run test:real.
const exclude = ["test/real/**", ...slow, "node_modules/**"];

export default defineConfig({
  test: {
    // Vitest would leave one of two cores to itself, and many suites wait for programs that they have started.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: "alone", include: changing, exclude } },
      {
        extends: true,
        // Their imports would cost as much as a third of all tests.
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...exclude, ...changing],
          isolate: false,
        },
      },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
