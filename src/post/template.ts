import type { Answers, PostPhoto, Template } from "./types.js";

export interface RenderSettings {
  kecamatan: { code: string; name: string };
  /** YYYY-MM-DD in Asia/Jakarta (`today` of dates.ts). */
  today: string;
  /** false: the newsroom's site adds the dateline itself, and the filter `dateline` gives "". */
  dateline: boolean;
  /** Written under `foto:`; `file` is already the path inside the bundle. */
  photos?: readonly PostPhoto[];
}

/** Throws `template-invalid` (exit 2) with all problems, each with its line. */
export function parseTemplate(_name: string, _text: string): Template {
  throw new Error("follows");
}
/** The text of index.md. Throws `template-unrenderable` (exit 2). */
export function renderPost(_template: Template, _answers: Answers, _settings: RenderSettings): string {
  throw new Error("follows");
}
