import path from "node:path";
import type { Diagnostic } from "../../files/diagnostic.js";
import { error, warning } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { isInside } from "../../files/names.js";
import { nearest } from "../../text/nearest.js";
import { corners, type WatermarkPlacement } from "../types.js";

const knownKeys = ["file", "corner", "opacity", "width"];

/** A logo that kominfo.yaml names; its bytes are not read yet. */
export interface WatermarkSettings extends WatermarkPlacement {
  /** Absolute, in the workspace. */
  path: string;
}

interface ReadWatermarkSettings {
  /** Absent when there is none, or when a problem is an error. */
  watermark?: WatermarkSettings;
  problems: Diagnostic[];
}

/**
 * What `photos.watermark` of kominfo.yaml says: a file, or a file and how it lies, in percent:
 *
 *     photos:
 *       watermark: { file: aset/logo.png, corner: top-left, opacity: 80, width: 18 }
 *
 * The file lies in the workspace: settings that somebody sends must not print another picture of this computer
 * onto photos that are then given away.
 *
 * @param given text or an object as `readYaml` gives them; undefined when there is none
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

  for (const unknown of Object.keys(values).filter((one) => !knownKeys.includes(one))) {
    problems.push(warning(at(unknown), "unknown-key", { nearest: nearest(unknown, knownKeys) }));
  }
  const percent = (field: string): number | undefined => {
    const value = values[field];
    if (value === undefined || value === "") return undefined;
    const found = typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
    if (found >= 1 && found <= 100) return found / 100;
    problems.push(error(at(field), "whole-number-expected", { min: 1, max: 100 }));
    return undefined;
  };
  const corner = corners.find((one) => one === values.corner);
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
