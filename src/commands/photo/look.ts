import path from "node:path";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors.js";
import { type Look, type Preset, positions } from "../../photo/types.js";
import { oneOf, wholeNumber } from "../../terminal/ask.js";
import type { WorkspaceSettings } from "../../workspace/types.js";

/** The flags that say how renditions are made. */
export interface LookInput {
  quality?: string;
  effort?: string;
  position?: string;
  watermark?: string;
}

/** Throws `bad-number`, `bad-choice` and what `readWatermark` throws. */
export async function lookOf(context: Context, input: LookInput): Promise<Look> {
  const { quality, effort, position, watermark } = input;
  const look: Look = {};
  if (quality !== undefined) look.quality = wholeNumber("--quality", quality, 1, 100);
  if (effort !== undefined) {
    look.effort = oneOf("--effort", effort, ["small", "normal"]) === "small" ? "small" : "fast";
  }
  if (position !== undefined) look.position = oneOf("--position", position, positions);
  if (watermark !== undefined) {
    const { readWatermark } = await import("../../photo/watermark.js");
    look.watermark = await readWatermark(path.resolve(context.cwd, watermark));
  }
  return look;
}

/** What kominfo.yaml says of photos; nothing outside a workspace, where photos are prepared too. */
export async function photoSettings(
  context: Context,
): Promise<Pick<WorkspaceSettings, "credit"> & { presets?: readonly Preset[] }> {
  try {
    return (await context.workspace()).settings;
  } catch (error) {
    if (error instanceof KominfoError && error.code === "workspace-missing") return {};
    throw error;
  }
}
