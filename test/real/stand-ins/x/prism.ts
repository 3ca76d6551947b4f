import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { sharedFolder } from "../../../support/shared.js";
import { freePort, untilReady } from "../../servers/process.js";
import type { StandIn } from "../control-client.js";

/** X's own document of its API; not part of the project. */
const openapi = path.join(sharedFolder, "specs/x-openapi.json");
const hasDocument = existsSync(openapi);
if (!hasDocument)
  console.warn(
    `SKIPPED: requests and answers are not held to X's own document, because ${openapi} is missing`,
  );

/**
 * Has all that the stand-in for X is asked and answers from now on checked by Prism on X's own document. Without the document
 * nothing is checked.
 */
export async function startPrism(x: StandIn): Promise<{ stop(): Promise<void> }> {
  if (!hasDocument) return { stop: async () => {} };
  const port = await freePort();
  const words = ["proxy", "--errors", "-h", "127.0.0.1", "-p", String(port), openapi, String(x.ready.inner)];
  const child = spawn("npx", ["--yes", "@stoplight/prism-cli@5.14.2", ...words], {
    stdio: "ignore",
    // A group of its own, which is ended as one: npx does not pass a signal on.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  await untilReady(port);
  await x.control("PUT", "/through", { url: `http://127.0.0.1:${port}` });
  return {
    async stop() {
      process.kill(-child.pid!, "SIGTERM");
      await ended;
    },
  };
}
