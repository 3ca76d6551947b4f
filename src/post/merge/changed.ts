import { postKeys, type Written, writePost } from "../front-matter/keys.js";
import type { Manuscript } from "./merge.js";

/** A text that differs between two versions of a post; "" where a version has none. */
export interface ChangedText {
  /**
   * The key in index.md: `judul`, `teks_kanal.x`, `foto/a.jpg.takarir`. `foto` is the list of files, and `isi` is the body.
   */
  key: string;
  before: string;
  after: string;
}

/** The differences between two versions of a post, in the order of index.md. */
export function changedTexts(before: Manuscript, after: Manuscript): ChangedText[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  const order = [...Object.keys(postKeys), "isi"];
  const position = (key: string) => order.indexOf(key.split(/[./]/)[0]!);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((key) => ({ key, before: old.get(key) ?? "", after: now.get(key) ?? "" }))
    .filter((text) => text.before !== text.after)
    .sort((a, b) => position(a.key) - position(b.key));
}

function textsOf({ post, body }: Manuscript): Map<string, string> {
  const { foto, ...written } = writePost(post) as { [key: string]: Written };
  const photos = foto as { [key: string]: Written }[];
  return new Map([
    ...Object.entries(written).flatMap(([key, value]) => leaves(key, value)),
    ["foto", photos.map(({ berkas }) => String(berkas)).join("\n")],
    ...photos.flatMap(({ berkas, ...description }) => leaves(String(berkas), description)),
    ["isi", body.trim()],
  ]);
}

function leaves(key: string, value: Written): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return [[key, value.join(", ")]];
  return Object.entries(value).flatMap(([innerKey, inner]) => leaves(`${key}.${innerKey}`, inner));
}
