import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import {
  type Computer,
  filesBelow,
  openComputer,
  type ServedNewsroom,
  startNewsroom,
} from "../../support/kominfo.js";
import { type FaultyLine, startFaultyLine } from "./proxy.js";

/** A newsroom, a line to it, and a computer at its end. */
export interface Place {
  newsroom: ServedNewsroom;
  line: FaultyLine;
  operator: Computer;
  token: string;
  remove(): Promise<void>;
}

export async function openPlace(share = 0, random: () => number = Math.random): Promise<Place> {
  const newsroom = await startNewsroom();
  const line = await startFaultyLine(newsroom.url, share, random);
  const token = await newsroom.token("operator");
  const operator = await openComputer({ origin: line.url, token });
  return {
    newsroom,
    line,
    operator,
    token,
    async remove() {
      await line.close();
      await operator.remove();
      await newsroom.remove();
    },
  };
}

export const upload = (event: string, ...more: string[]) => [
  ...["photo", "upload", "foto", "--event", event, "--json"],
  ...more,
];

/** The same command until it is done, as a person or cron would; at most `most` times. */
export async function untilDone(operator: Computer, argv: readonly string[], most: number): Promise<number> {
  for (let runs = 1; runs <= most; runs++) {
    const ran = await operator.run(argv);
    if (ran.code === 0) return runs;
    if (![3, 5].includes(ran.code ?? -1))
      throw new Error(`${ran.code}: ${ran.stdout.slice(0, 500)} ${ran.stderr}`);
  }
  throw new Error(`not done after ${most} runs`);
}

export interface Outcome {
  /** Hash of each photo the newsroom keeps, each checked against its bytes. */
  photos: string[];
  /** Each entry of the album, in the order of its hash. */
  album: object[];
}

export async function outcomeOf({ newsroom, token }: Place, slug: string): Promise<Outcome> {
  const album: { sha256: string }[] = [];
  let cursor = "";
  do {
    const page = await newsroom.get(`/albums/32.16.07/${slug}?limit=500${cursor}`, token);
    album.push(...page.photos);
    cursor = page.next_cursor ? `&cursor=${encodeURIComponent(page.next_cursor)}` : "";
  } while (cursor);
  return { photos: await newsroom.photos(), album: album.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)) };
}

/** Bytes that the newsroom keeps of photos, unfinished uploads included. */
export async function storedBytes({ newsroom }: Place): Promise<number> {
  let bytes = 0;
  for (const folder of ["blobs", "uploads"]) {
    for (const [, file] of await filesBelow(path.join(newsroom.folder, folder)))
      bytes += (await stat(file)).size;
  }
  return bytes;
}

/** Nothing is left of what was in the middle: no temporary file, no lock, every rendition as it was recorded. */
export async function expectTidy({ operator }: Place): Promise<void> {
  const files = (await filesBelow(operator.workspace)).map(([name]) => name);
  expect(files.filter((name) => /\.tmp$|lock/.test(name))).toEqual([]);
  const folder = path.join(operator.workspace, ".kominfo", "renditions");
  const lines = (await readFile(path.join(folder, ".kominfo-renditions.jsonl"), "utf8")).trim().split("\n");
  const records = new Map(lines.map((line) => JSON.parse(line)).map((one) => [one.name, one.made?.sha256]));
  const renditions = (await readdir(folder)).filter((name) => name.endsWith(".jpg"));
  for (const name of renditions) {
    expect([name, sha256(await readFile(path.join(folder, name)))]).toEqual([name, records.get(name)]);
  }
}
