import { existsSync } from "node:fs";
import path from "node:path";

/** Real photos and data beside the checkout; not part of the project, so tests that use them skip where they are missing. */
export const sharedFolder = path.resolve(import.meta.dirname, "../../../shared");
export const hasShared = existsSync(path.join(sharedFolder, "photos"));

if (!hasShared) console.warn(`SKIPPED: tests on real photos, because ${sharedFolder} is missing`);
