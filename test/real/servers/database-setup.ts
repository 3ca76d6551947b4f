import { startPostgres } from "./postgres.js";

/** PostgreSQL for the suites of a project of vitest.real.config.ts. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  process.env.KOMINFO_TEST_DATABASE = server.url;
  return () => server.stop();
}
