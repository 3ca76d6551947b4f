import type { Diagnostic } from "../../errors/diagnostics.js";
import { error, warning } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { nearest } from "../../text/nearest.js";
import type { Preset } from "../types.js";
import { presets } from "./presets.js";

/** Pixels. Larger pictures are posters, not web pictures. */
const maxEdge = 10_000;
const minFileBytes = 10_000;
const maxFileBytes = 1_000_000_000;
const fits = ["inside", "cover"] as const;
const allowedKeys = ["width", "height", "fit", "max_bytes", "keep_clear"];

interface MergedPresets {
  /** The built-in presets with their changes, then the added ones. */
  presets: Preset[];
  problems: Diagnostic[];
}

/**
 * Merges the built-in presets with those that `photos.presets` of kominfo.yaml changes or adds:
 *
 *     photos:
 *       presets:
 *         web: { width: 1600, height: 1600 }
 *         banner: { width: 1920, height: 600, fit: cover, max_bytes: 500000 }
 *
 * A built-in preset keeps the values that are not given. A new one needs `width` and `height`, and its fit is `inside`
 * unless it is `cover`. A new preset with an error is left out; a built-in one stays unchanged.
 *
 * @param given text, lists and objects as `readYaml` returns them; undefined when the key is missing
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
    for (const field of Object.keys(values).filter((field) => !allowedKeys.includes(field))) {
      problems.push(warning(at(name, field), "unknown-key", { nearest: nearest(field, allowedKeys) }));
    }
    const number = (field: string, min: number, max: number): number | undefined => {
      const value = values[field];
      if (value === undefined || value === "") return undefined;
      const found = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
      if (found >= min && found <= max) return found;
      problems.push(error(at(name, field), "whole-number-expected", { min, max }));
      return undefined;
    };
    const fit = fits.find((fit) => fit === values.fit);
    if (values.fit !== undefined && !fit) problems.push(error(at(name, "fit"), "one-of", { choices: fits }));
    const changes = {
      width: number("width", 1, maxEdge),
      height: number("height", 1, maxEdge),
      fit,
      maxBytes: number("max_bytes", minFileBytes, maxFileBytes),
      keepClear: number("keep_clear", 0, maxEdge / 2),
    };
    const existing = table.get(name);
    for (const field of ["width", "height"] as const) {
      if (!existing && values[field] === undefined) problems.push(error(at(name, field), "required"));
    }
    const isWrong = problems.slice(before).some((problem) => problem.severity === "error");
    if (!isWrong)
      table.set(name, { ...(existing ?? { fit: "inside" }), ...defined(changes), name } as Preset);
  }
  return { presets: [...table.values()], problems };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
