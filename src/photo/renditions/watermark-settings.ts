import path from "node:path";
import type { Diagnostic } from "../../errors/diagnostics.js";
import { error, warning } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { isInside } from "../../files/names.js";
import { nearest } from "../../text/nearest.js";
import { corners, type WatermarkPlacement } from "../types.js";

const allowedKeys = ["file", "corner", "opacity", "width"];

/** A logo named in kominfo.yaml; its bytes are not read yet. */
export interface WatermarkSettings extends WatermarkPlacement {
  /** Absolute, in the workspace. */
  path: string;
}

interface ReadWatermarkSettings {
  /** Absent when none is set, or when a problem is an error. */
  watermark?: WatermarkSettings;
  problems: Diagnostic[];
}

/**
 * Reads `photos.watermark` of kominfo.yaml: a file, or a file with its placement in percent:
 *
 *     photos:
 *       watermark: { file: aset/logo.png, corner: top-left, opacity: 80, width: 18 }
 *
 * The file must lie in the workspace, so that settings from somebody else cannot put another picture of this computer
 * onto photos that are then published.
 *
 * @param given text or an object as `readYaml` returns them; undefined when the key is missing
 * @param root absolute folder of the workspace
 * @param lines dotted key -> line of the file
 */
export function readWatermarkSettings(
  given: unknown,
  root: string,
  lines: ReadonlyMap<string, number> = new Map(),
  key = "photos.watermark",
): ReadWatermarkSettings {
  const problems: Diagnostic[] = [];
  const at = (...names: string[]) => {
    const place = [key, ...names].join(".");
    return { key: place, line: lines.get(place) ?? lines.get(key) };
  };
  if (given === undefined || given === "") return { problems };
  const values = typeof given === "string" ? { file: given } : given;
  if (!isGroup(values)) return { problems: [error(at(), "group-expected")] };

  for (const field of Object.keys(values).filter((field) => !allowedKeys.includes(field))) {
    problems.push(warning(at(field), "unknown-key", { nearest: nearest(field, allowedKeys) }));
  }
  const percent = (field: string): number | undefined => {
    const value = values[field];
    if (value === undefined || value === "") return undefined;
    const found = typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
    if (found >= 1 && found <= 100) return found / 100;
    problems.push(error(at(field), "whole-number-expected", { min: 1, max: 100 }));
    return undefined;
  };
  const corner = corners.find((corner) => corner === values.corner);
  if (values.corner !== undefined && !corner)
    problems.push(error(at("corner"), "one-of", { choices: corners }));
  const [opacity, share] = [percent("opacity"), percent("width")];
  const file = typeof values.file === "string" && values.file !== "" ? path.resolve(root, values.file) : "";
  if (!file) problems.push(error(at("file"), "required"));
  else if (!isInside(root, file)) problems.push(error(at("file"), "file-outside"));
  if (problems.some((problem) => problem.severity === "error")) return { problems };
  return {
    watermark: {
      path: file,
      ...(corner && { corner }),
      ...(opacity && { opacity }),
      ...(share && { share }),
    },
    problems,
  };
}
