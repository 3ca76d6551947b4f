import type { WatermarkSettings } from "../photo/renditions/watermark-settings.js";
import type { Preset } from "../photo/types.js";
import type { Kecamatan } from "../region/kecamatan.js";
import type { Language } from "../text/language.js";

/** `kominfo.yaml`, read and checked. */
export interface WorkspaceSettings {
  kecamatan: Kecamatan;
  newsroom?: { origin: string };
  /** The site of the office. */
  web?: { origin: string };
  /** The version of Meta's Graph API ("v25.0"). */
  graphVersion?: string;
  language: Language;
  /** Credit of a photo that has no other. */
  credit?: string;
  /** Sizes of photos, with the changes and additions of `photos.presets`. */
  presets: readonly Preset[];
  /** Placed on the renditions of `photo resize`. */
  watermark?: WatermarkSettings;
  /** Photos processed at the same time. */
  jobs?: number;
  /** Of the office, without `#`, for the channels that have them. */
  hashtags: readonly string[];
  /** Whether a post needs the recorded approval of a superior before it is submitted (`internal.persetujuan`). */
  requireLocalApproval: boolean;
  /** Whether the press dateline is written into the body; false where the site adds it itself. */
  dateline: boolean;
}

export interface Workspace {
  /** Absolute. */
  root: string;
  /** Absolute; the folder of the bundles. */
  posts: string;
  settings: WorkspaceSettings;
}
