/** A size and shape that a channel wants. */
export interface Preset {
  /** Used in file names and on the command line, e.g. "web". */
  name: string;
  /** Pixels. */
  width: number;
  height: number;
  /** `inside` keeps the whole picture within the box; `cover` fills the box and crops. Neither enlarges. */
  fit: "inside" | "cover";
  /** Largest rendition in bytes; reached by a lower quality, never by another size. */
  maxBytes?: number;
  /** Pixels at the top and bottom that the channel covers with buttons; no watermark is placed there. */
  keepClear?: number;
}

/** Metadata written into a rendition. All other metadata of the source is dropped. */
export interface PhotoText {
  caption?: string;
  alt?: string;
  /** The photographer; also the credit line. */
  credit?: string;
  copyright?: string;
  /** Date taken, `2026-11-22` or `2026-11-22T09:30:00+07:00` (ISO 8601). Only on request. */
  date?: string;
  /** Place name, never coordinates. Only on request. */
  place?: string;
}

/** The point that every crop keeps and no watermark covers: [x, y], each 0 to 1 from the upper left. */
export type Focus = readonly [x: number, y: number];

/** A part of a photo that nobody may recognise: [left, top, width, height], each 0 to 1 of the upright photo. */
export type BlurBox = readonly [left: number, top: number, width: number, height: number];

/** The part of a photo that a crop keeps: the busiest one (attention, entropy), the centre, a side or a corner. */
export const positions = [
  "attention",
  "entropy",
  "centre",
  "top",
  "right",
  "bottom",
  "left",
  "top-left",
  "top-right",
  "bottom-left",
  "bottom-right",
] as const;
export type Position = (typeof positions)[number];

export const corners = ["bottom-right", "bottom-left", "top-right", "top-left"] as const;
export type Corner = (typeof corners)[number];

/** Placement of a logo on a rendition. */
export interface WatermarkPlacement {
  /** Preferred corner; another one is used when the logo would cover the focus. Default bottom-right. */
  corner?: Corner;
  /** 0 to 1; default 0.8. */
  opacity?: number;
  /** Share of the rendition's width, 0 to 1; default 0.18. At most 0.4 is used, so that one corner is free of the focus. */
  share?: number;
}

/** A logo laid over every rendition. */
export interface Watermark extends WatermarkPlacement {
  /** Absolute path of a PNG or WebP, best with a transparent ground. */
  path: string;
  /** SHA-256 of its bytes, part of the key of a rendition. */
  sha256: string;
}

/** Render settings that all photos of a batch share. */
export interface RenderOptions {
  /** JPEG quality, 1 to 100; default 80. */
  quality?: number;
  /** `small` makes files a fifth smaller and takes about 2.7 times as long; default `fast`. */
  effort?: "fast" | "small";
  /** Default `attention`. A photo's focus overrides it. */
  position?: Position;
  watermark?: Watermark;
}

/** Render settings of one photo. */
export interface RenderBrief extends RenderOptions {
  text?: PhotoText;
  focus?: Focus;
  /** Made unrecognisable before anything else; nothing of what was there is in the rendition. */
  blur?: readonly BlurBox[];
}

export type PhotoFormat = "jpeg" | "png" | "webp" | "heic" | "avif" | "tiff" | "gif";

/** A remark on a photo or rendition that is otherwise fine. */
export type PhotoNote =
  /** The file holds several pictures (an animation, pages); only the first is used. */
  | { code: "first-frame-only"; frames: number }
  /** The photo is of high dynamic range (HDR); its brightness was pressed into what JPEG holds. */
  | { code: "tone-mapped"; transfer: "pq" | "hlg" }
  /** The crop shrank to this size because the photo is smaller than the preset. */
  | { code: "smaller-than-preset"; width: number; height: number }
  /** The quality was lowered to this value to meet the size limit of the preset. */
  | { code: "quality-lowered"; quality: number };

/** Facts about a photo, read from its content and never from its name. */
export interface PhotoFacts {
  format: PhotoFormat;
  /** Upright, in pixels. */
  width: number;
  height: number;
  bytes: number;
  notes: readonly PhotoNote[];
}

/** Which photos are decoded at all. It is asked of the header, before any pixel is decoded. */
export interface Admission {
  /** No decoder of another format reads the file. */
  format: PhotoFormat;
  /** Most pixels, width times height. */
  pixels: number;
  /** Most pixels of a photo that no decoder can read row by row (`isDecodedWhole`). */
  pixelsDecodedWhole: number;
}

/** A file to render. */
export interface RenditionTarget {
  preset: Preset;
  /** The part of the photo that is taken, which the preset then fits; default all of it. Position and focus do not move it. */
  crop?: Crop;
  /** Absolute; its folder is created when missing. */
  path: string;
}

/** A part of a photo, in pixels of the upright photo. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A rendered file. */
export interface Rendition {
  preset: string;
  path: string;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
  /** The part of the photo that was kept; missing for the whole photo. */
  crop?: Crop;
  /** Notes on this rendition and on its photo. */
  notes: readonly PhotoNote[];
}

/** A picture that asks for approval: a photo, and below it a few words. Every text may be "". */
export interface RequestCard {
  /** Absolute path of the photo. */
  photo: string;
  kicker: string;
  title: string;
  lead: string;
  foot: string;
}

/**
 * Turns photos into renditions. The one implementation is sharp's; other code depends only on this interface.
 * Every method throws a KominfoError whose code starts with `photo-` when the file is not a photo, is damaged,
 * cut off, too large, or of an unsupported kind. Such a file does not affect others.
 */
export interface ImageEngine {
  /** Changes whenever the same source gives different bytes; part of a rendition's name. */
  readonly version: string;
  /** Begins to load what decodes, so that the first photo need not wait for it. Of one that loads at once absent. */
  start?(): void;
  /** Reads the header only. */
  inspect(file: string): Promise<PhotoFacts>;
  /**
   * Renders all targets of one source as upright sRGB JPEGs without its metadata, and writes each atomically.
   * Results are in the order of `targets`.
   */
  render(
    source: string,
    targets: readonly RenditionTarget[],
    brief: RenderBrief,
    signal?: AbortSignal,
  ): Promise<Rendition[]>;
  /** Makes a preview: an upright sRGB JPEG of at most `edge` pixels each way. */
  thumbnail(file: string, edge: number): Promise<Buffer>;
  /** Draws a JPEG of 1080 pixels width. `hasText`: false where the system has no fonts, so that it is the photo alone. */
  requestCard(card: RequestCard): Promise<{ jpeg: Buffer; hasText: boolean }>;
  /**
   * Decodes every pixel, because the newsroom does not trust headers. Throws `photo-not-supported` for another format
   * than the admitted one and `photo-too-large` above its pixels, both before decoding.
   */
  verify(file: string, admission?: Admission): Promise<PhotoFacts>;
}
