import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SampleOptions, samplePhoto } from "../../../scripts/sample-photo.mjs";
import { sampleAnswers } from "../../support/answers.js";
import {
  type Computer,
  filesBelow,
  openComputer,
  type ServedNewsroom,
  startNewsroom,
} from "../../support/kominfo.js";
import { cornersSeen } from "../../support/photos.js";
import { hasShared, sharedFolder } from "../../support/shared.js";
import { needDebian } from "../apt.js";

type Tags = Record<string, string | number>;

/** What may stand in a rendition: how its bytes are to be read, never where, when, by whom or with what it was made. */
const harmless =
  /^(SourceFile|ExifTool|File|System|JFIF|ICC_Profile\w*|ICC-\w+|Composite):|^(IFD0|ExifIFD):(ImageDescription|Copyright|Artist|ColorSpace|ExifVersion|.*Resolution.*|YCbCrPositioning|ComponentsConfiguration|FlashpixVersion|ExifImage(Width|Height))$/;

function tagsOf(files: readonly string[]): Tags[] {
  const words = ["-q", "-json", "-G1", "-a", "-u", "-ee", "-n", ...files];
  return JSON.parse(execFileSync("exiftool", words, { encoding: "utf8", maxBuffer: 1e8 }));
}

function telling(tags: Tags): string[] {
  return Object.keys(tags).filter((name) => name !== "SourceFile" && !harmless.test(name));
}

let newsroom: ServedNewsroom;
let operator: Computer;

beforeAll(async () => {
  needDebian("exiftool", "libimage-exiftool-perl");
  newsroom = await startNewsroom();
  operator = await openComputer({ origin: newsroom.url, token: await newsroom.token("operator") });
});
afterAll(async () => {
  for (const one of [operator, newsroom]) await one?.remove();
});

/** Makes a post of these photos and submits it; gives what the newsroom keeps of each, in their order. */
async function submitted(title: string, photos: readonly string[]): Promise<string[]> {
  const answers = path.join(operator.home, `${title.replace(/\W/g, "")}.json`);
  await writeFile(answers, JSON.stringify({ ...sampleAnswers(photos), judul: title }));
  const { post } = await operator.json(["post", "new", "berita-kegiatan", "--from", answers]);
  const { submission } = await operator.json(["post", "submit", post.slug]);
  const { content } = await newsroom.get(
    `/submissions/${submission.id}`,
    operator.env.KOMINFO_NEWSROOM_TOKEN ?? "",
  );
  const blobs = new Map(
    (await filesBelow(path.join(newsroom.folder, "blobs"))).map(([, file]) => [path.basename(file), file]),
  );
  return content.photos.map((photo: { sha256: string }) => blobs.get(photo.sha256));
}

async function generated(name: string, options: Partial<SampleOptions>): Promise<string> {
  await mkdir(path.join(operator.home, "foto"), { recursive: true });
  const file = path.join(operator.home, "foto", name);
  await writeFile(file, await samplePhoto({ width: 1600, height: 1200, ...options }));
  return file;
}

describe("what the newsroom receives, as exiftool reads it", () => {
  it("of a photo with GPS, serial number and owner has none of them", async () => {
    const photo = await generated("IMG_GPS.jpg", { gps: { latitude: -6.2443, longitude: 107.0865 } });
    const [before] = tagsOf([photo]);
    expect(Object.keys(before ?? {}).join(" ")).toMatch(/GPSLatitude/);
    expect(Object.keys(before ?? {}).join(" ")).toMatch(/SerialNumber/);
    const kept = await submitted("Foto dengan lokasi", [photo]);
    expect(kept).toHaveLength(1);
    expect(tagsOf(kept).map(telling)).toEqual([[]]);
    // The name of the camera's owner, nowhere in the bytes.
    expect((await readFile(kept[0]!)).includes("Operator Contoh")).toBe(false);
  });

  it("of each of the eight orientations stands upright, and says nothing of turning", async () => {
    const photos: string[] = [];
    for (let orientation = 1; orientation <= 8; orientation++) {
      photos.push(await generated(`IMG_${orientation}.jpg`, { orientation, seed: orientation }));
    }
    const kept = await submitted("Delapan orientasi", photos);
    expect(kept).toHaveLength(8);
    for (const file of kept) {
      expect(await cornersSeen(await readFile(file))).toEqual([
        "topLeft",
        "topRight",
        "bottomLeft",
        "bottomRight",
      ]);
    }
    for (const tags of tagsOf(kept)) expect([undefined, 1]).toContain(tags["IFD0:Orientation"]);
  });

  it.skipIf(!hasShared)("of every JPEG of a real event has no private metadata", async () => {
    const folder = path.join(sharedFolder, "photos", "event");
    const photos = (await readdir(folder))
      .filter((name) => name.endsWith(".jpg"))
      .map((name) => path.join(folder, name));
    expect(photos.length).toBeGreaterThan(5);
    expect(tagsOf(photos).flatMap(telling).join(" ")).toMatch(/Make|Model/);
    const kept = await submitted("Foto sungguhan", photos);
    expect(kept).toHaveLength(photos.length);
    expect(Object.fromEntries(tagsOf(kept).map((tags) => [tags.SourceFile, telling(tags)]))).toEqual(
      Object.fromEntries(kept.map((file) => [file, []])),
    );
  });
});
