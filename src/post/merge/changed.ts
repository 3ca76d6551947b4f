import { postKeys, type Written, writePost } from "../front-matter/keys.js";
import type { Manuscript } from "./merge.js";

/** One text of a post that is not what it was; "" where there was none, or is none any more. */
export interface ChangedText {
  /** As index.md names it: `judul`, `teks_kanal.x`, `foto/a.jpg.takarir`; `foto`: which, in order; `isi`: the body. */
  key: string;
  before: string;
  after: string;
}

/** What differs between two forms of a post, in the order of index.md. */
export function changedTexts(before: Manuscript, after: Manuscript): ChangedText[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  const order = [...Object.keys(postKeys), "isi"];
  const place = (key: string) => order.indexOf(key.split(/[./]/)[0]!);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((key) => ({ key, before: old.get(key) ?? "", after: now.get(key) ?? "" }))
    .filter((text) => text.before !== text.after)
    .sort((a, b) => place(a.key) - place(b.key));
}

function textsOf({ post, body }: Manuscript): Map<string, string> {
  const { foto, ...written } = writePost(post) as { [key: string]: Written };
  const photos = foto as { [key: string]: Written }[];
  return new Map([
    ...Object.entries(written).flatMap(([key, value]) => leaves(key, value)),
    ["foto", photos.map(({ berkas }) => String(berkas)).join("\n")],
    ...photos.flatMap(({ berkas, ...said }) => leaves(String(berkas), said)),
    ["isi", body.trim()],
  ]);
}

function leaves(key: string, value: Written): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return [[key, value.join(", ")]];
  return Object.entries(value).flatMap(([inner, one]) => leaves(`${key}.${inner}`, one));
}
