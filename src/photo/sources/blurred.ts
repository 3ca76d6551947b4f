import path from "node:path";
import { nothingPassed, type PassedOver, stemOf } from "./passed-over.js";

/** The end of the name that `photo blur` gives to what it writes beside an original. */
export const blurredEnding = "-samar";

/**
 * Separates originals beside which their blurred version lies (`IMG_1.jpg` and `IMG_1-samar.jpg`): whoever blurred a photo did not mean
 * to show the other one, too.
 *
 * @param files absolute paths
 * @param placeOf where a file counts as lying
 */
export function withoutOriginals(
  files: readonly string[],
  placeOf: (file: string) => string = (file) => file,
): { kept: string[]; originals: string[] } {
  const stems = files.map((file) => stemOf(placeOf(file)));
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

/** Originals that were left out, as what was passed over. */
export function passedOriginals(originals: readonly string[]): PassedOver {
  const files = originals.length > 0 ? [{ kind: "blurred", isPicture: true, paths: [...originals] }] : [];
  return { ...nothingPassed(), files };
}
