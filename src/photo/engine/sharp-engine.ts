import type { Sharp } from "sharp";
import { failed } from "../../errors/errors.js";
import { writeAtomically } from "../../files/atomic.js";
import { sha256 } from "../../files/hash.js";
import { textSegments } from "../metadata/text.js";
import { engineVersion } from "../renditions/engine-version.js";
import { defaultRenderOptions } from "../renditions/presets.js";
import type {
  Admission,
  Crop,
  Focus,
  ImageEngine,
  PhotoFacts,
  PhotoNote,
  Preset,
  RenderBrief,
  Rendition,
  RenditionTarget,
} from "../types.js";
import { blurBoxes } from "./blur.js";
import { cropAround, cropAt, cropByContent, type Origin, shrinkForSearch, uncropped } from "./crop.js";
import { decode, decodeAll, pipelineOf } from "./decode.js";
import { encode } from "./encode.js";
import { createHeicDecoder, type HeicDecoder, type HeicOptions } from "./heic.js";
import { isSystemError, type OpenPhoto, openPhoto } from "./open.js";
import type { Pixels } from "./pixels.js";
import { drawRequestCard } from "./request-card.js";
import { type Fit, fitPreset, type Size, sharedScale } from "./size.js";
import { thumbnail } from "./thumbnail.js";
import { addWatermark } from "./watermark.js";

/** A photo decoded once for all its renditions. */
interface DecodedPhoto {
  photo: OpenPhoto;
  pixels: Pixels;
  /** Returns a small copy for the crop search, made on the first call. */
  searchCopy: () => Promise<Pixels>;
  segments: Buffer;
  brief: RenderBrief;
}

/** Creates the engine of sharp (libvips). Importing this file loads sharp; `createIsolatedEngine` loads it in a child. */
export function createSharpEngine(options: { heic?: HeicOptions } = {}): ImageEngine {
  const heic = createHeicDecoder(options.heic);
  return {
    version: engineVersion,
    inspect: async (file) => (await openPhoto(file)).facts,
    verify: (file, admission) => verify(file, heic, admission),
    render: (source, targets, brief, signal) => render(heic, source, targets, brief, signal),
    thumbnail: (file, edge) => thumbnail(file, edge, heic),
    requestCard: (card) => drawRequestCard(card, heic),
  };
}

async function verify(file: string, heic: HeicDecoder, admission?: Admission): Promise<PhotoFacts> {
  const photo = await openPhoto(file, admission);
  await decodeAll(photo, heic);
  return photo.facts;
}

async function render(
  heic: HeicDecoder,
  source: string,
  targets: readonly RenditionTarget[],
  brief: RenderBrief,
  signal?: AbortSignal,
): Promise<Rendition[]> {
  const photo = await openPhoto(source);
  const segments = textSegments(brief.text ?? {}, source);
  const fits = targets.map(({ preset, crop }) => fitPreset(crop ?? photo.facts, preset));
  signal?.throwIfAborted();
  const pixels = await decode(photo, sharedScale(fits), heic, signal);
  if (brief.blur) blurBoxes(pixels, brief.blur);
  let small: Promise<Pixels> | undefined;
  const decoded: DecodedPhoto = {
    photo,
    pixels,
    searchCopy: () => {
      small ??= shrinkForSearch(pixels);
      return small;
    },
    segments,
    brief,
  };
  const made: { jpeg: Buffer; rendition: Rendition }[] = [];
  for (const [i, target] of targets.entries()) {
    signal?.throwIfAborted();
    made.push(await make(decoded, target, fits[i]!));
  }
  // Write nothing until all renditions are made.
  signal?.throwIfAborted();
  await Promise.all(made.map(({ jpeg, rendition }) => write(rendition.path, jpeg)));
  return made.map(({ rendition }) => rendition);
}

async function make(decoded: DecodedPhoto, { preset, crop, path }: RenditionTarget, fit: Fit) {
  const { photo, brief, segments } = decoded;
  const whole = uncropped(photo.facts, fit);
  const origin = crop
    ? scaledOrigin(crop, whole, fit)
    : preset.fit === "cover"
      ? await cropOrigin(decoded, whole, fit)
      : undefined;
  let picture = () => resize(decoded.pixels, whole, fit, origin);
  if (brief.watermark) {
    const plain = { data: await picture().raw().toBuffer(), width: fit.width, height: fit.height };
    const focus = brief.focus && focusWithin(brief.focus, whole, fit, origin);
    const keepClear = Math.round(((preset.keepClear ?? 0) * fit.height) / preset.height);
    const marked = await addWatermark(plain, brief.watermark, focus, keepClear);
    picture = () => pipelineOf(marked);
  }
  const { jpeg, quality } = await encode(picture, segments, preset, brief, path);
  const rendition: Rendition = {
    preset: preset.name,
    path,
    width: fit.width,
    height: fit.height,
    bytes: jpeg.length,
    sha256: sha256(jpeg),
    ...(origin && { crop: cropOf(photo.facts, whole, fit, origin) }),
    notes: [...photo.facts.notes, ...notesOf(preset, fit, quality, brief)],
  };
  return { jpeg, rendition };
}

/** Returns the upper left corner of a crop in the uncropped picture. The focus overrides the position. */
async function cropOrigin(decoded: DecodedPhoto, whole: Size, crop: Size): Promise<Origin> {
  const { focus, position } = { ...defaultRenderOptions, ...decoded.brief };
  if (focus) return cropAround(focus, whole, crop);
  if (position !== "attention" && position !== "entropy") return cropAt(position, whole, crop);
  return cropByContent(position, await decoded.searchCopy(), whole, crop);
}

/** The upper left corner of a given part in the uncropped picture. */
function scaledOrigin({ left, top }: Crop, whole: Size, fit: Fit): Origin {
  const start = (offset: number, of: number, part: number) =>
    Math.min(Math.round(offset * fit.scale), of - part);
  return { left: start(left, whole.width, fit.width), top: start(top, whole.height, fit.height) };
}

/** Resizes before cropping, so that a crop has exactly the pixels of the whole picture. Only its part is computed. */
function resize(pixels: Pixels, whole: Size, { width, height }: Size, origin: Origin | undefined): Sharp {
  const resized = pipelineOf(pixels).resize({ ...whole, fit: "fill" });
  return origin ? resized.extract({ ...origin, width, height }) : resized;
}

function focusWithin([x, y]: Focus, whole: Size, crop: Size, origin: Origin = { left: 0, top: 0 }): Focus {
  return [(x * whole.width - origin.left) / crop.width, (y * whole.height - origin.top) / crop.height];
}

/** Converts a crop to pixels of the photo. */
function cropOf(photo: Size, whole: Size, fit: Size, { left, top }: Origin): Crop {
  const [x, y] = [photo.width / whole.width, photo.height / whole.height];
  return {
    left: Math.round(left * x),
    top: Math.round(top * y),
    width: Math.round(fit.width * x),
    height: Math.round(fit.height * y),
  };
}

function notesOf(preset: Preset, { width, height }: Size, quality: number, brief: RenderBrief): PhotoNote[] {
  const notes: PhotoNote[] = [];
  if (preset.fit === "cover" && width < preset.width)
    notes.push({ code: "smaller-than-preset", width, height });
  if (quality < (brief.quality ?? defaultRenderOptions.quality))
    notes.push({ code: "quality-lowered", quality });
  return notes;
}

async function write(target: string, picture: Buffer): Promise<void> {
  try {
    await writeAtomically(target, picture);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw failed("photo-not-written", { path: target, reason: error.code ?? "" }, error);
  }
}
