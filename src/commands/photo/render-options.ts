import path from "node:path";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors/errors.js";
import {
  corners,
  type Position,
  positions,
  type RenderOptions,
  type WatermarkPlacement,
} from "../../photo/types.js";
import { oneOf, oneOfTranslated, wholeNumber } from "../../terminal/prompts/ask.js";
import type { Workspace, WorkspaceSettings } from "../../workspace/types.js";

/** The photo settings of kominfo.yaml. */
export type PhotoSettings = Partial<Pick<WorkspaceSettings, "presets" | "watermark" | "jobs">>;

/** The flags for rendering. */
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

/** Options from flags and kominfo.yaml; a flag wins. Throws `bad-number`, `bad-choice` and the errors of `readWatermark`. */
export async function renderOptionsOf(
  context: Context,
  input: RenderFlags,
  settings: PhotoSettings,
): Promise<RenderOptions> {
  const { quality, effort, position } = input;
  const options: RenderOptions = {};
  if (quality !== undefined) options.quality = wholeNumber("--quality", quality, 1, 100);
  if (effort !== undefined) {
    options.effort = oneOf("--effort", effort, ["small", "normal"]) === "small" ? "small" : "fast";
  }
  if (position !== undefined) {
    options.position = oneOfTranslated("--position", hyphenated(position), positions, positionWords);
  }
  const placement = placementOf(input);
  const { path: defaultPath, ...defaults } = settings.watermark ?? {};
  const file = typeof input.watermark === "string" ? path.resolve(context.cwd, input.watermark) : defaultPath;
  if (file !== undefined && input.watermark !== false) {
    const { readWatermark } = await import("../../photo/engine/watermark.js");
    options.watermark = await readWatermark(file, { ...defaults, ...placement });
  }
  return options;
}

/** What `--position` and `--watermark-corner` are called in Indonesian. Valid in either language, as what front matter takes is. */
export const positionWords: Readonly<Record<Position, string>> = {
  attention: "menarik",
  entropy: "ramai",
  centre: "tengah",
  top: "atas",
  right: "kanan",
  bottom: "bawah",
  left: "kiri",
  "top-left": "kiri-atas",
  "top-right": "kanan-atas",
  "bottom-left": "kiri-bawah",
  "bottom-right": "kanan-bawah",
};

/** "kiri atas" -> "kiri-atas" */
const hyphenated = (value: string) => value.trim().replace(/\s+/g, "-");

function placementOf({ watermarkCorner, watermarkOpacity, watermarkWidth }: RenderFlags): WatermarkPlacement {
  const percent = (flag: string, value: string) => wholeNumber(flag, value, 1, 100) / 100;
  return {
    ...(watermarkCorner !== undefined && {
      corner: oneOfTranslated("--watermark-corner", hyphenated(watermarkCorner), corners, positionWords),
    }),
    ...(watermarkOpacity !== undefined && { opacity: percent("--watermark-opacity", watermarkOpacity) }),
    ...(watermarkWidth !== undefined && { share: percent("--watermark-width", watermarkWidth) }),
  };
}

/** The workspace, or undefined outside one: photos can be prepared anywhere. */
export async function workspaceIfAny(context: Context): Promise<Workspace | undefined> {
  try {
    return await context.workspace();
  } catch (error) {
    if (error instanceof KominfoError && error.code === "workspace-missing") return undefined;
    throw error;
  }
}
