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
  language: Language;
  /** Written for each photo that has no other. */
  credit?: string;
  /** The sizes of photos, with what `photos.presets` changes and adds. */
  presets: readonly Preset[];
  /** Laid over what `photo resize` makes. */
  watermark?: WatermarkSettings;
  /** Photos in work at the same time. */
  jobs?: number;
  /** Whether the press dateline is written into the body; false where the site adds it itself. */
  dateline: boolean;
}

export interface Workspace {
  /** Absolute. */
  root: string;
  /** Absolute; where the bundles are. */
  posts: string;
  settings: WorkspaceSettings;
}
