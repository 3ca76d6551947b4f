import { closest } from "fastest-levenshtein";
import { usage } from "../errors.js";
import type { Preset } from "./types.js";

/** Every size we make, in the order in which they are listed to people. */
export const presets: readonly Preset[] = [
  { name: "web", width: 2048, height: 2048, fit: "inside" },
  { name: "instagram", width: 1080, height: 1350, fit: "cover" },
];

/** The preset of this name. Throws `photo-preset-unknown` (exit 2) with the nearest name and all of them. */
export function findPreset(name: string): Preset {
  const found = presets.find((preset) => preset.name === name);
  if (found) return found;
  const known = presets.map((preset) => preset.name);
  throw usage("photo-preset-unknown", { name, nearest: closest(name, known), known });
}

/** The presets of a comma-separated list as typed (`web,instagram`), each once. Throws like `findPreset`. */
export function findPresets(list: string): Preset[] {
  const names = list.split(",").map((name) => name.trim().toLowerCase());
  return [...new Set(names)].map(findPreset);
}
