import { startSwift } from "./swift.js";

/** Swift's S3 for the suites of a project of vitest.real.config.ts. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startSwift();
  process.env.KOMINFO_TEST_BLOBS = server.url;
  Object.assign(process.env, server.env);
  return () => server.stop();
}
