import type { Diagnostic } from "../../files/diagnostic.js";
import { error, warning } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { nearest } from "../../text/nearest.js";
import type { Preset } from "../types.js";
import { presets } from "./presets.js";

/** The longest edge that is made; larger pictures are posters, not web pictures. */
const maxEdge = 10_000;
const minFileBytes = 10_000;
const maxFileBytes = 1_000_000_000;
const fits = ["inside", "cover"] as const;
const knownKeys = ["width", "height", "fit", "max_bytes", "keep_clear"];

interface MergedPresets {
  /** Ours, changed where they say so, then theirs. */
  presets: Preset[];
  problems: Diagnostic[];
}

/**
 * The table of presets with what `photos.presets` of kominfo.yaml changes or adds:
 *
 *     photos:
 *       presets:
 *         web: { width: 1600, height: 1600 }
 *         banner: { width: 1920, height: 600, fit: cover, max_bytes: 500000 }
 *
 * A preset of ours keeps what is not named; a new one needs `width` and `height`, and is `inside` unless it says
 * `cover`. One that has a problem is left out of the result, or stays as it was.
 *
 * @param given text, lists and objects as `readYaml` gives them; undefined when there is none
 * @param lines dotted key -> line of the file
 */
export function mergePresets(
  given: unknown,
  lines: ReadonlyMap<string, number> = new Map(),
  key = "photos.presets",
): MergedPresets {
  const problems: Diagnostic[] = [];
  const table = new Map(presets.map((preset) => [preset.name, preset]));
  const at = (...names: string[]) => {
    const place = [key, ...names].join(".");
    return { key: place, line: lines.get(place) };
  };
  if (given === undefined || given === "") return { presets: [...presets], problems };
  if (!isGroup(given)) return { presets: [...presets], problems: [error(at(), "group-expected")] };

  for (const [name, values] of Object.entries(given)) {
    const before = problems.length;
    if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(name)) problems.push(error(at(name), "preset-name-form"));
    if (!isGroup(values)) {
      problems.push(error(at(name), "group-expected"));
      continue;
    }
    for (const unknown of Object.keys(values).filter((one) => !knownKeys.includes(one))) {
      problems.push(warning(at(name, unknown), "unknown-key", { nearest: nearest(unknown, knownKeys) }));
    }
    const number = (field: string, min: number, max: number): number | undefined => {
      const value = values[field];
      if (value === undefined || value === "") return undefined;
      const found = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
      if (found >= min && found <= max) return found;
      problems.push(error(at(name, field), "whole-number-expected", { min, max }));
      return undefined;
    };
    const fit = fits.find((one) => one === values.fit);
    if (values.fit !== undefined && !fit) problems.push(error(at(name, "fit"), "one-of", { choices: fits }));
    const changes = {
      width: number("width", 1, maxEdge),
      height: number("height", 1, maxEdge),
      fit,
      maxBytes: number("max_bytes", minFileBytes, maxFileBytes),
      keepClear: number("keep_clear", 0, maxEdge / 2),
    };
    const known = table.get(name);
    for (const field of ["width", "height"] as const) {
      if (!known && values[field] === undefined) problems.push(error(at(name, field), "required"));
    }
    const isWrong = problems.slice(before).some((problem) => problem.severity === "error");
    if (!isWrong) table.set(name, { ...(known ?? { fit: "inside" }), ...defined(changes), name } as Preset);
  }
  return { presets: [...table.values()], problems };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
