import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type Computer,
  kominfoFile,
  openComputer,
  type ServedNewsroom,
  startNewsroom,
} from "../../support/kominfo.js";
import { writeNoise } from "../../support/photos.js";
import { needDebian } from "../apt.js";

let newsroom: ServedNewsroom;
let operator: Computer;
let photos: string[];
beforeAll(async () => {
  needDebian("strace", "strace");
  newsroom = await startNewsroom();
  operator = await openComputer({ origin: newsroom.url, token: await newsroom.token("operator") });
  photos = await writeNoise(path.join(operator.workspace, "foto"), 30, 8);
  // What is hashed within the tick of the clock in which it was written is hashed once more.
  await pause(300);
});
afterAll(async () => {
  await operator?.remove();
  await newsroom?.remove();
});

/** Runs the batch; its summary, and the files that any of its processes opened, once for each time. */
async function traced(): Promise<{ summary: object; opened: string[] }> {
  const log = path.join(operator.home, "strace.txt");
  const upload = [kominfoFile, "photo", "upload", "foto", "--event", "Bersih desa", "--json"];
  const strace = ["-f", "-e", "trace=open,openat", "-o", log, process.execPath];
  const ran = spawnSync("strace", [...strace, ...upload], {
    cwd: operator.workspace,
    env: { PATH: process.env.PATH, ...operator.env },
    encoding: "utf8",
  });
  if (ran.status !== 0) throw new Error(ran.stderr.slice(0, 500));
  const lines = (await readFile(log, "utf8")).split("\n");
  const opened = lines.flatMap((line) => /"([^"]+\.jpg)", O_RDONLY/.exec(line)?.[1] ?? []);
  return { summary: JSON.parse(ran.stdout).summary, opened };
}

it("each photo is read for its hash, its picture and its caption, then never again; nor is its rendition", async () => {
  const first = await traced();
  expect(first.summary).toMatchObject({ total: 30, uploaded: 30 });
  const times = photos.map((photo) => first.opened.filter((one) => one === photo).length);
  expect([Math.min(...times), Math.max(...times)]).toEqual([3, 3]);

  const second = await traced();
  expect(second.summary).toMatchObject({ total: 30, uploaded: 0, present: 30 });
  expect(second.opened).toEqual([]);
});
