import type { TestProject } from "vitest/node";
import { startSwift } from "./swift.js";

/** Swift's S3 for the suites of a project of vitest.real.config.ts, and for no other project's. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startSwift();
  project.provide("blobs", { url: server.url, keys: server.env });
  return () => server.stop();
}
