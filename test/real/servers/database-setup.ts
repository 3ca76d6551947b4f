import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.js";

/** PostgreSQL for the suites of a project of vitest.real.config.ts, and for no other project's. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide("database", server.url);
  return () => server.stop();
}
