import path from "node:path";
import { sha256 } from "../../files/hash.js";
import { portableName } from "../../files/names.js";
import { lastPart } from "../../text/last-part.js";
import type {
  BlurBox,
  Focus,
  PhotoText,
  Preset,
  RenderBrief,
  RenderOptions,
  Rendition,
  RenditionTarget,
} from "../types.js";
import { blurRecipe } from "./engine-version.js";
import { defaultRenderOptions } from "./presets.js";

type PathModule = Pick<typeof path.posix, "join" | "dirname" | "basename" | "relative">;

/** A photo to make renditions of. */
export interface PhotoSource {
  /** Absolute. */
  path: string;
  /** The path to print for a photo unpacked from an archive; default `path`. */
  displayPath?: string;
  /** Hash of its bytes. */
  sha256: string;
  text?: PhotoText;
  focus?: Focus;
  blur?: readonly BlurBox[];
}

/** The record of a rendition in its folder; `made` is missing while it is being rendered. */
export interface RenditionRecord {
  /** File name in the folder. */
  name: string;
  /** Path of its photo, relative to the folder. */
  source: string;
  key: string;
  made?: Omit<Rendition, "preset" | "path">;
}

/** The content of a folder before anything is rendered. */
export interface FolderState {
  /** Every file name in it, whether kominfo made the file or not. */
  names: readonly string[];
  records: readonly RenditionRecord[];
  /** Names of recorded renditions whose bytes are unchanged. */
  intact: ReadonlySet<string>;
}

export interface RenditionRequest {
  sources: readonly PhotoSource[];
  presets: readonly Preset[];
  /** Absolute path of the folder of renditions. */
  folder: string;
  /** `stem`: `<stem>.<preset>.jpg`, for people. `key`: `<16 hex digits>.jpg`, the same file for equal photos. */
  naming: "stem" | "key";
  /** Shared by all photos. */
  renderOptions?: RenderOptions;
  state: FolderState;
  engineVersion: string;
}

interface PlannedTarget extends RenditionTarget {
  record: RenditionRecord;
}

/** One photo, decoded once for all its targets. */
export interface RenderAction {
  source: PhotoSource;
  targets: PlannedTarget[];
  brief: RenderBrief;
}

export interface RenditionPlan {
  actions: RenderAction[];
  /** Renditions that exist and are up to date. */
  current: { source: PhotoSource; rendition: Rendition }[];
  /** Sources that are renditions by kominfo themselves; they are not rendered again. */
  ignored: string[];
}

/**
 * Computes the key of a rendition, 16 hex digits. It is the same for the same bytes, preset, engine and brief; parts of
 * the brief that do not affect the preset do not count.
 */
export function renditionKey(
  sourceSha256: string,
  preset: Preset,
  engineVersion: string,
  brief: RenderBrief = {},
): string {
  const { name, width, height, fit, maxBytes, keepClear } = preset;
  const { quality, effort, position } = { ...defaultRenderOptions, ...brief };
  const { text = {}, watermark } = brief;
  const parts = [
    [sourceSha256, name, width, height, fit, maxBytes, engineVersion, quality, effort],
    [text.caption, text.alt, text.credit, text.copyright, text.date, text.place],
    fit === "cover" || watermark ? brief.focus : "",
    fit === "cover" && !brief.focus ? position : "",
    watermark && [watermark.sha256, watermark.corner, watermark.opacity, watermark.share, keepClear],
    // Renditions without it keep the names that they had before there was any.
    ...(brief.blur && brief.blur.length > 0 ? [["blur", blurRecipe, ...brief.blur]] : []),
  ];
  // A missing text counts as an empty one.
  return sha256(JSON.stringify(parts, (_, part) => part ?? "")).slice(0, 16);
}

/** Folds names that are the same file on Windows or macOS, which ignore case and the form of accents. */
export function foldName(name: string): string {
  return name.normalize("NFC").toUpperCase().toLowerCase();
}

/**
 * Plans which renditions to make, and under which names. A name is taken when another photo has it, when a file that
 * kominfo did not make has it, or when it is a source itself: then `-2`, `-3` … follows the stem. A photo keeps its
 * earlier name.
 *
 * @param system path.win32 in tests of Windows rules
 */
export function planRenditions(request: RenditionRequest, system: PathModule = path): RenditionPlan {
  const { folder, state } = request;
  const records = new Map(state.records.map((record) => [foldName(record.name), record]));
  const nameInFolder = ({ path: file }: PhotoSource) =>
    foldName(system.dirname(file)) === foldName(folder) ? foldName(system.basename(file)) : "";
  const isOurs = (source: PhotoSource) => {
    const record = records.get(nameInFolder(source));
    return record?.made?.sha256 === source.sha256 && state.intact.has(record.name);
  };
  const sources = request.sources.filter((source) => !isOurs(source));
  const nameTargets = targetNamer(request, records, new Set(sources.map(nameInFolder)), system);

  const plan: RenditionPlan = {
    actions: [],
    current: [],
    ignored: request.sources.filter(isOurs).map((source) => source.path),
  };
  for (const source of sources) {
    const missing: PlannedTarget[] = [];
    for (const target of nameTargets(source)) {
      const { name, key } = target.record;
      const existing = records.get(foldName(name));
      if (existing?.made && existing.key === key && state.intact.has(name)) {
        const rendition = { preset: target.preset.name, path: target.path, ...existing.made };
        plan.current.push({ source, rendition });
      } else {
        missing.push(target);
      }
    }
    if (missing.length > 0) {
      plan.actions.push({ source, targets: missing, brief: briefOf(source, request.renderOptions) });
    }
  }
  return plan;
}

function briefOf({ text, focus, blur }: PhotoSource, options: RenderOptions = {}): RenderBrief {
  return { ...options, ...(text && { text }), ...(focus && { focus }), ...(blur && { blur }) };
}

/** Creates a function that names the targets of one source after another. `taken` holds folded names and grows. */
function targetNamer(
  { folder, presets, naming, renderOptions, state, engineVersion }: RenditionRequest,
  records: ReadonlyMap<string, RenditionRecord>,
  taken: Set<string>,
  system: PathModule,
): (source: PhotoSource) => PlannedTarget[] {
  const onDisk = new Set(state.names.map(foldName));
  const isFree = ({ record }: PlannedTarget) => {
    const name = foldName(record.name);
    if (taken.has(name)) return false;
    if (!onDisk.has(name)) return true;
    const existing = records.get(name);
    return existing !== undefined && (existing.source === record.source || existing.key === record.key);
  };
  return (source) => {
    const stem = stemOf(source.path);
    const from = system.relative(folder, source.displayPath ?? source.path).replaceAll("\\", "/");
    const brief = briefOf(source, renderOptions);
    const keys = presets.map((preset) => renditionKey(source.sha256, preset, engineVersion, brief));
    for (let attempt = 1; ; attempt++) {
      const numbered = attempt === 1 ? stem : `${stem}-${attempt}`;
      const targets = presets.map((preset, i): PlannedTarget => {
        const key = keys[i]!;
        const name = naming === "key" ? `${key}.jpg` : `${numbered}.${preset.name}.jpg`;
        return { preset, path: system.join(folder, name), record: { name, source: from, key } };
      });
      if (naming === "key" || targets.every(isFree)) {
        for (const { record } of targets) taken.add(foldName(record.name));
        return targets;
      }
    }
  };
}

/** The name of a photo without its ending, portable to every system. */
function stemOf(file: string): string {
  const base = lastPart(file).replace(/\.[a-z0-9]{2,5}$/i, "");
  const name = portableName(`${base}.jpg`, "foto");
  return name.endsWith(".jpg") ? name.slice(0, -".jpg".length) : "foto";
}
