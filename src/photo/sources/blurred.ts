import path from "node:path";
import { stemOf } from "./passed-over.js";

/** The end of the name that `photo blur` gives to what it writes beside an original. */
export const blurredEnding = "-samar";

/**
 * Separates originals beside which their blurred version lies (`IMG_1.jpg` and `IMG_1-samar.jpg`): whoever blurred a photo did not mean
 * to show the other one, too.
 *
 * @param files absolute paths
 */
export function withoutOriginals(files: readonly string[]): { kept: string[]; originals: string[] } {
  const stems = files.map(stemOf);
  const blurred = new Set(
    stems.flatMap((stem, i) =>
      stem.endsWith(blurredEnding) && path.extname(files[i]!).toLowerCase() === ".jpg"
        ? [stem.slice(0, -blurredEnding.length)]
        : [],
    ),
  );
  return {
    kept: files.filter((_, i) => !blurred.has(stems[i]!)),
    originals: files.filter((_, i) => blurred.has(stems[i]!)),
  };
}
