import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { realInside } from "../files/links.js";
import { readYaml } from "../files/yaml.js";
import { type Captions, readCaptions } from "./captions.js";
import { mergeCaptions } from "./plan.js";
import type { PhotoCaptions } from "./types.js";

/** Lists beside the photos with these names are read automatically. */
const listNames = ["takarir.csv", "captions.csv"];
/** A larger file beside a photo is no caption. */
const maxSidecarBytes = 64 * 1024;

/** Captions from files that lie beside the photos. */
interface Sidecars {
  /**
   * Returns the captions of a photo; empty when there are none. Throws `captions-invalid` for a list that cannot be read,
   * and `link-outside` for a file that is a link out of the folder: its text would be sent.
   */
  of(photo: string): Promise<PhotoCaptions>;
  /** Returns the lists that were read automatically. */
  lists(): string[];
}

/**
 * For each photo `IMG_1.jpg`: `IMG_1.txt` or `IMG_1.jpg.txt`, whose whole text is the caption; the same with `.yaml`,
 * which may hold `takarir:`, `alt:` and `kredit:`; and a list `takarir.csv` for the folder. Each folder is read
 * once.
 */
export function openSidecars(): Sidecars {
  const folders = new Map<string, Promise<{ names: Map<string, string>; list?: Captions }>>();
  const lists: string[] = [];
  const open = async (folder: string) => {
    const entries = await readdir(folder).catch(() => []);
    const names = new Map(entries.map((name) => [name.toLowerCase(), path.join(folder, name)]));
    const file = listNames.map((name) => names.get(name)).find(Boolean);
    if (!file) return { names };
    await realInside(folder, file);
    lists.push(file);
    return { names, list: readCaptions(await readFile(file), file) };
  };
  return {
    lists: () => lists,
    async of(photo) {
      const folder = path.dirname(photo);
      const found = folders.get(folder) ?? open(folder);
      folders.set(folder, found);
      const { names, list } = await found;
      const name = path.basename(photo).toLowerCase();
      const stem = name.replace(/\.[a-z0-9]+$/, "");
      const beside = [`${name}.yaml`, `${stem}.yaml`, `${name}.txt`, `${stem}.txt`];
      const files = beside.map((name) => names.get(name)).filter((file) => file !== undefined);
      for (const file of files) await realInside(folder, file);
      return mergeCaptions(...(await Promise.all(files.map(readSidecar))), list?.of(photo) ?? {});
    },
  };
}

async function readSidecar(file: string): Promise<PhotoCaptions> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size > maxSidecarBytes) return {};
  const text = (await readFile(file, "utf8")).replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (!file.toLowerCase().endsWith(".yaml")) return { caption: text.replace(/\s+/g, " ").trim() };
  const values = readYaml(text).values as Readonly<Record<string, unknown>>;
  const textOf = (...keys: string[]) =>
    keys.map((key) => values[key]).find((value) => typeof value === "string") ?? "";
  return mergeCaptions({
    caption: textOf("takarir", "caption") as string,
    alt: textOf("alt") as string,
    credit: textOf("kredit", "credit") as string,
  });
}
