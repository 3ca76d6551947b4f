import path from "node:path";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors/errors.js";
import { corners, positions, type RenderOptions, type WatermarkPlacement } from "../../photo/types.js";
import { oneOf, wholeNumber } from "../../terminal/ask.js";
import type { Workspace, WorkspaceSettings } from "../../workspace/types.js";

/** What kominfo.yaml says of photos. */
export type PhotoSettings = Partial<Pick<WorkspaceSettings, "presets" | "watermark" | "jobs">>;

/** The flags that say how renditions are made. */
export interface RenderFlags {
  quality?: string;
  effort?: string;
  position?: string;
  /** false for `--no-watermark`. */
  watermark?: string | false;
  watermarkCorner?: string;
  watermarkOpacity?: string;
  watermarkWidth?: string;
}

/** What flags and kominfo.yaml ask for; a flag wins. Throws `bad-number`, `bad-choice` and what `readWatermark` throws. */
export async function renderOptionsOf(
  context: Context,
  input: RenderFlags,
  settings: PhotoSettings,
): Promise<RenderOptions> {
  const { quality, effort, position } = input;
  const look: RenderOptions = {};
  if (quality !== undefined) look.quality = wholeNumber("--quality", quality, 1, 100);
  if (effort !== undefined) {
    look.effort = oneOf("--effort", effort, ["small", "normal"]) === "small" ? "small" : "fast";
  }
  if (position !== undefined) look.position = oneOf("--position", position, positions);
  const asked = placementOf(input);
  const { path: usual, ...usually } = settings.watermark ?? {};
  const file = typeof input.watermark === "string" ? path.resolve(context.cwd, input.watermark) : usual;
  if (file !== undefined && input.watermark !== false) {
    const { readWatermark } = await import("../../photo/engine/watermark.js");
    look.watermark = await readWatermark(file, { ...usually, ...asked });
  }
  return look;
}

function placementOf({ watermarkCorner, watermarkOpacity, watermarkWidth }: RenderFlags): WatermarkPlacement {
  const percent = (flag: string, value: string) => wholeNumber(flag, value, 1, 100) / 100;
  return {
    ...(watermarkCorner !== undefined && { corner: oneOf("--watermark-corner", watermarkCorner, corners) }),
    ...(watermarkOpacity !== undefined && { opacity: percent("--watermark-opacity", watermarkOpacity) }),
    ...(watermarkWidth !== undefined && { share: percent("--watermark-width", watermarkWidth) }),
  };
}

/** undefined outside a workspace, where photos are prepared too. */
export async function workspaceIfAny(context: Context): Promise<Workspace | undefined> {
  try {
    return await context.workspace();
  } catch (error) {
    if (error instanceof KominfoError && error.code === "workspace-missing") return undefined;
    throw error;
  }
}
