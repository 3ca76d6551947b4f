/** A size and shape that a channel wants. */
export interface Preset {
  /** Used in file names and on the command line, e.g. "web". */
  name: string;
  /** Pixels. */
  width: number;
  height: number;
  /** `inside` keeps the whole picture within the box; `cover` fills the box and crops. Neither enlarges. */
  fit: "inside" | "cover";
  /** Bytes that a rendition may have at most; met by a lower quality, never by another size. */
  maxBytes?: number;
  /** Pixels above and below that the channel lays its buttons over: no watermark goes there. */
  keepClear?: number;
}

/** What is written into a rendition; nothing else that the source carried survives. */
export interface PhotoText {
  caption?: string;
  alt?: string;
  /** Who made the photo; also its credit line. */
  credit?: string;
  copyright?: string;
  /** When it was taken, as `2026-11-22` or `2026-11-22T09:30:00+07:00` (ISO 8601). Only when someone asks for it. */
  date?: string;
  /** The name of the place, never its coordinates. Only when someone asks for it. */
  place?: string;
}

/** The point of a photo that no crop leaves out and no watermark covers: [x, y], each 0 to 1 from the upper left. */
export type Focus = readonly [x: number, y: number];

/** Which part of a photo a crop keeps: where it is busiest (attention, entropy), or a side. */
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

/** How a logo lies on a rendition. */
export interface WatermarkPlacement {
  /** Where it goes unless it would cover the focus; default bottom-right. */
  corner?: Corner;
  /** 0 to 1; default 0.8. */
  opacity?: number;
  /** Of the rendition's width, 0 to 1; default 0.18, and never more than 0.4: one corner must be free of the focus. */
  share?: number;
}

/** A logo laid over every rendition. */
export interface Watermark extends WatermarkPlacement {
  /** Absolute path of a PNG or WebP, best with a transparent ground. */
  path: string;
  /** SHA-256 of its bytes: another logo makes another rendition. */
  sha256: string;
}

/** How renditions are made; the same for all photos of a batch. */
export interface RenderOptions {
  /** JPEG quality, 1 to 100; default 80. */
  quality?: number;
  /** `small` takes about 2.7 times as long for files that are a fifth smaller; default `fast`. */
  effort?: "fast" | "small";
  /** Default `attention`. The focus of a photo wins. */
  position?: Position;
  watermark?: Watermark;
}

/** What is made of one photo, beside its sizes. */
export interface RenderBrief extends RenderOptions {
  text?: PhotoText;
  focus?: Focus;
}

export type PhotoFormat = "jpeg" | "png" | "webp" | "heic" | "avif" | "tiff" | "gif";

/** Something that a person should know of a photo or rendition that is otherwise well. */
export type PhotoNote =
  /** The file has several pictures in a row (an animation, pages); only its first is used. */
  | { code: "first-frame-only"; frames: number }
  /** A crop had to shrink because the photo is smaller than the preset. Pixels of what was made. */
  | { code: "smaller-than-preset"; width: number; height: number }
  /** The bytes limit of the preset was only met by this quality. */
  | { code: "quality-lowered"; quality: number };

/** What a photo is, told by its content and never by its name. */
export interface PhotoFacts {
  format: PhotoFormat;
  /** Upright, in pixels. */
  width: number;
  height: number;
  bytes: number;
  notes: readonly PhotoNote[];
}

/** One file to be made. */
export interface RenditionTarget {
  preset: Preset;
  /** Absolute; its folder exists or is made. */
  path: string;
}

/** A part of a photo, in pixels of the upright photo. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** One file that was made. */
export interface Rendition {
  preset: string;
  path: string;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
  /** What was taken of the photo; missing when it is the whole. */
  crop?: Crop;
  /** Of this rendition and of its photo. */
  notes: readonly PhotoNote[];
}

/**
 * What turns photos into renditions. One implementation today (sharp); everything else knows only this.
 * Every method throws a KominfoError whose code starts with `photo-` when the file is not a photo, is damaged,
 * cut off, too large, or of a kind that is not supported; other files are not touched by that.
 */
export interface ImageEngine {
  /** Changes whenever the same source would give other bytes; part of a rendition's name. */
  readonly version: string;
  /** Reads the header only. */
  inspect(file: string): Promise<PhotoFacts>;
  /**
   * Makes all targets of one source: upright, sRGB, JPEG, without its metadata, each written atomically.
   * Results are in the order of `targets`.
   */
  render(
    source: string,
    targets: readonly RenditionTarget[],
    brief: RenderBrief,
    signal?: AbortSignal,
  ): Promise<Rendition[]>;
  /** A small JPEG of a photo, upright and in sRGB, at most `edge` pixels each way: for a look at it. */
  thumbnail(file: string, edge: number): Promise<Buffer>;
  /** Decodes every pixel: the newsroom believes no header. */
  verify(file: string): Promise<PhotoFacts>;
}
