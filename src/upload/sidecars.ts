import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Diagnostic } from "../errors/diagnostics.js";
import { usage } from "../errors/errors.js";
import { error, hasErrors } from "../files/diagnostic.js";
import { isGroup } from "../files/group.js";
import { realInside } from "../files/links.js";
import { readYaml } from "../files/yaml.js";
import { photoEnding } from "../photo/sources/sources.js";
import { decodeText, isDecoded } from "../text/decode.js";
import { nearest } from "../text/nearest.js";
import { nameFinder } from "../text/same-name.js";
import { type Captions, readCaptions, type UnusedRow } from "./captions.js";
import { mergeCaptions } from "./plan.js";
import type { PhotoCaptions } from "./types.js";

/** Lists beside the photos with these names are read automatically. */
const listNames = ["takarir.csv", "captions.csv"];
/** A larger file beside a photo is no caption. */
const maxSidecarBytes = 64 * 1024;

/** A list of captions after its photos were looked up. */
export interface FoundList {
  path: string;
  /** The number of rows below the names of the columns. */
  size: number;
  /** Rows that name no photo of the folder. */
  unused: UnusedRow[];
  repeated: ReturnType<Captions["repeated"]>;
}

/** Captions from files that lie beside the photos. */
interface Sidecars {
  /**
   * Returns the captions of a photo; empty when there are none. Throws `sidecar-invalid` for a file of this photo that cannot be read,
   * `captions-invalid`, `captions-row` and `text-unreadable` for a list, and `link-outside` for a file that is a link out of the folder:
   * its text would be sent.
   */
  of(photo: string): Promise<PhotoCaptions>;
  /** Returns the lists that were read automatically. */
  lists(): FoundList[];
  /** Returns the files that were read as Windows-1252, of which a person has to be told. */
  guessed(): string[];
}

/**
 * For each photo `IMG_1.jpg`: `IMG_1.txt` or `IMG_1.jpg.txt`, whose whole text is the caption; the same with `.yaml` or `.yml`,
 * which may hold `takarir:`, `alt:` and `kredit:`; and a list `takarir.csv` for the folder. Each folder is read
 * once. Names are compared by `nameFinder`.
 */
export function openSidecars(): Sidecars {
  const folders = new Map<string, Promise<{ find: ReturnType<typeof nameFinder>; list?: Captions }>>();
  const lists: { path: string; captions: Captions; names: string[] }[] = [];
  const guessed = new Set<string>();
  const open = async (folder: string) => {
    const names = await readdir(folder).catch(() => []);
    const find = nameFinder(names);
    const name = listNames.map(find).find((found) => found !== undefined);
    if (name === undefined) return { find };
    const file = path.join(folder, name);
    await realInside(folder, file);
    const list = readCaptions(await readFile(file), file);
    if (list.encoding === "windows-1252") guessed.add(file);
    lists.push({ path: file, captions: list, names: names.filter((each) => photoEnding.test(each)) });
    return { find, list };
  };
  return {
    lists: () =>
      lists.map(({ path, captions, names }) => ({
        path,
        size: captions.size,
        unused: captions.unused(names),
        repeated: captions.repeated(),
      })),
    guessed: () => [...guessed],
    async of(photo) {
      const folder = path.dirname(photo);
      const found = folders.get(folder) ?? open(folder);
      folders.set(folder, found);
      const { find, list } = await found;
      const name = path.basename(photo);
      const stem = name.replace(/\.[a-z0-9]+$/i, "");
      const beside = ["yaml", "yml", "txt"].flatMap((ending) => [`${name}.${ending}`, `${stem}.${ending}`]);
      const files = [...new Set(beside.flatMap((wanted) => find(wanted) ?? []))];
      const read: PhotoCaptions[] = [];
      for (const each of files) {
        const file = path.join(folder, each);
        await realInside(folder, file);
        const { captions, isGuess } = await readSidecar(photo, file);
        if (isGuess) guessed.add(file);
        read.push(captions);
      }
      return mergeCaptions(...read, list?.of(photo) ?? {});
    },
  };
}

async function readSidecar(
  photo: string,
  file: string,
): Promise<{ captions: PhotoCaptions; isGuess: boolean }> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size > maxSidecarBytes) return { captions: {}, isGuess: false };
  const result = decodeText(await readFile(file));
  const refuse = (problems: Diagnostic[]) =>
    usage("sidecar-invalid", { photo: path.basename(photo), path: file, problems });
  if (!isDecoded(result)) throw refuse([error({ line: result.line }, "not-text", { fault: result.fault })]);
  const text = result.text.replace(/\r\n?/g, "\n");
  const isGuess = result.encoding === "windows-1252";
  if (!/\.ya?ml$/i.test(file))
    return {
      captions: {
        caption: text
          .replace(/(?!\s)\p{Cc}/gu, "")
          .replace(/\s+/g, " ")
          .trim(),
      },
      isGuess,
    };
  const { captions, problems } = captionsOf(text);
  if (problems.length > 0) throw refuse(problems);
  return { captions, isGuess };
}

/** The keys of a `.yaml` beside a photo. */
const keys = {
  takarir: "caption",
  keterangan: "caption",
  caption: "caption",
  alt: "alt",
  kredit: "credit",
  credit: "credit",
} as const satisfies Record<string, keyof PhotoCaptions>;

/** What is none of `keys` belongs to another program, unless it looks like one of them. */
function captionsOf(text: string): { captions: PhotoCaptions; problems: Diagnostic[] } {
  const { values, lines, problems } = readYaml(text);
  if (hasErrors(problems)) return { captions: {}, problems };
  if (!isGroup(values)) return { captions: {}, problems: [error({ line: 1 }, "group-expected")] };
  const captions: PhotoCaptions = {};
  const found: Diagnostic[] = [];
  const entries = Object.entries(values);
  const knowsNone = entries.length > 0 && !entries.some(([key]) => Object.hasOwn(keys, key));
  for (const [key, value] of entries) {
    const place = { key, line: lines.get(key) };
    const near = nearest(key, Object.keys(keys));
    if (!Object.hasOwn(keys, key)) {
      if (near || knowsNone) found.push(error(place, "unknown-key", near ? { nearest: near } : {}));
    } else if (typeof value !== "string") found.push(error(place, "text-expected"));
    else captions[keys[key as keyof typeof keys]] ??= value;
  }
  return { captions: mergeCaptions(captions), problems: found };
}
