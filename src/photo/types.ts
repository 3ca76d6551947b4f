/** A size and shape that a channel wants. */
export interface Preset {
  /** Used in file names and on the command line, e.g. "web". */
  name: string;
  /** Pixels. */
  width: number;
  height: number;
  /** `inside` keeps the whole picture within the box; `cover` fills the box and crops. Neither enlarges. */
  fit: "inside" | "cover";
}

/** What is written into a rendition; nothing else that the source carried survives. */
export interface PhotoText {
  caption?: string;
  alt?: string;
  credit?: string;
}

/** What a photo is, told by its content and never by its name. */
export interface PhotoFacts {
  format: "jpeg" | "png" | "webp";
  /** Upright, in pixels. */
  width: number;
  height: number;
  bytes: number;
}

/** One file to be made. */
export interface RenditionTarget {
  preset: Preset;
  /** Absolute; its folder exists or is made. */
  path: string;
}

/** One file that was made. */
export interface Rendition {
  preset: string;
  path: string;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
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
    text: PhotoText,
    signal?: AbortSignal,
  ): Promise<Rendition[]>;
  /** Decodes every pixel: the newsroom believes no header. */
  verify(file: string): Promise<PhotoFacts>;
}
