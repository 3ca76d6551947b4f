import { closest } from "fastest-levenshtein";
import { usage } from "../../errors/errors.js";
import type { Preset, RenderOptions } from "../types.js";

/** The built-in presets, in the order in which they are listed. */
export const presets: readonly Preset[] = [
  { name: "web", width: 2048, height: 2048, fit: "inside" },
  { name: "web-small", width: 1600, height: 900, fit: "inside", maxBytes: 5_000_000 },
  { name: "instagram", width: 1080, height: 1350, fit: "cover" },
  { name: "instagram-square", width: 1080, height: 1080, fit: "cover" },
  { name: "instagram-story", width: 1080, height: 1920, fit: "cover", keepClear: 250 },
  { name: "facebook", width: 1200, height: 630, fit: "cover" },
  { name: "x", width: 1600, height: 900, fit: "cover", maxBytes: 5_000_000 },
];

/** Render settings used by default. */
export const defaultRenderOptions = {
  quality: 80,
  effort: "fast",
  position: "attention",
} as const satisfies RenderOptions;

/**
 * Finds a preset by name in a table, which may come from `mergePresets`. Throws `photo-preset-unknown` (exit 2) with the
 * nearest name and all names.
 */
export function findPreset(name: string, table: readonly Preset[] = presets): Preset {
  const found = table.find((preset) => preset.name === name);
  if (found) return found;
  const names = table.map((preset) => preset.name);
  throw usage("photo-preset-unknown", { name, nearest: closest(name, names), presets: names });
}

/** Finds the presets of a comma-separated list (`web,instagram`), each once. Throws like `findPreset`. */
export function findPresets(list: string, table: readonly Preset[] = presets): Preset[] {
  const names = list.split(",").map((name) => name.trim().toLowerCase());
  return [...new Set(names)].map((name) => findPreset(name, table));
}
