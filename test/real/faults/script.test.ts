import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kominfoFile } from "../../support/kominfo.js";
import { writeNoise } from "../../support/photos.js";
import { openPlace, outcomeOf, type Place } from "./place.js";

const script = path.resolve(import.meta.dirname, "../../../docs/unggah-acara.sh");
let place: Place;
let folder: string;

beforeAll(async () => {
  place = await openPlace();
  folder = path.join(place.operator.home, "kartu kamera");
  await writeNoise(folder, 5, 9);
  await writeFile(path.join(folder, "takarir.csv"), "berkas;keterangan\nIMG_1;Camat membuka acara\n");
  // As an installed kominfo is found.
  const bin = path.join(place.operator.home, "bin");
  await mkdir(bin);
  await writeFile(path.join(bin, "kominfo"), `#!/bin/sh\nexec "${process.execPath}" "${kominfoFile}" "$@"\n`);
  await chmod(path.join(bin, "kominfo"), 0o755);
});
afterAll(() => place?.remove());

async function run(token: string, photos = folder) {
  const { operator } = place;
  const env = {
    ...operator.env,
    KOMINFO_NEWSROOM_TOKEN: token,
    PATH: `${path.join(operator.home, "bin")}:${process.env.PATH}`,
  };
  const words = [script, operator.workspace, photos, "Rapat Koordinasi"];
  const child = spawn("sh", words, { env, cwd: operator.home, stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  }
  const [status] = await once(child, "close");
  return { status, ...said };
}

it("the script of the documentation uploads an event, exactly as it is printed, and again does nothing", async () => {
  const first = await run(place.token);
  expect([first.status, first.stderr]).toEqual([0, ""]);
  expect(first.stdout).toContain('Semua foto "Rapat Koordinasi" sudah ada');
  const { album } = await outcomeOf(place, "rapat-koordinasi");
  expect(album).toHaveLength(5);
  expect(JSON.stringify(album)).toContain("Camat membuka acara");
  expect((await run(place.token)).status).toBe(0);
  const log = await readFile(path.join(place.operator.workspace, "unggah-acara.log"), "utf8");
  expect(JSON.parse(log).summary).toMatchObject({ uploaded: 0, present: 5, bytes_sent: 0 });
  const refused = await run("kominfo_salah");
  expect([refused.status, refused.stdout]).toEqual([
    4,
    expect.stringContaining("kominfo auth login newsroom"),
  ]);
});

it.each([
  ["missing", "tidak ada", "tidak-ada"],
  ["empty", "Tidak ada foto", "kosong"],
  ["without photos", "Tidak ada foto", "catatan saja"],
])("the script says of a folder that is %s that nothing was sent, and fails", async (_, says, name) => {
  const at = path.join(place.operator.home, name);
  if (name !== "tidak-ada") await mkdir(at);
  if (name === "catatan saja") await writeFile(path.join(at, "catatan.txt"), "Rapat");
  const ran = await run(place.token, at);
  expect([ran.status, ran.stdout]).toEqual([2, ""]);
  expect(ran.stderr).toContain(says);
  expect(ran.stderr).toContain("tidak ada yang dikirim");
});
