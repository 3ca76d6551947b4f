import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { granted, kabupaten, type Scene, setScene, site } from "../newsroom/publishing/scene.js";
import { content, jpeg, photo, uploadPhoto } from "../newsroom/support/newsroom.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let scene: Scene;
let laptop: Laptop;
let first: string;
let second: string;
let id: string;
beforeAll(async () => {
  scene = await setScene();
  laptop = await openLaptop(scene.newsroom.url);
  [first, second] = (await Promise.all(
    [2500, 2501].map(async (seed) => uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed))),
  )) as [string, string];
  const photos = [
    { ...photo(first), filename: "panen\u001b[31m.jpg" },
    { ...photo(second), filename: "kerja.jpg", lead: false },
  ];
  id = await scene.approved({ title: "Panen", photos });
  const attempt = await granted(scene.editor, await scene.planned(id));
  await attempt.intend();
  await attempt.tell("published", { remote_id: "7", url: `https://${site}/panen` });
  const unclear = await granted(scene.editor, await scene.planned(id, { account: kabupaten }));
  await unclear.intend();
  await unclear.tell("unclear");
});
afterAll(async () => {
  await scene.remove();
  await laptop.remove();
});

const where = (wanted: string, ...flags: string[]) =>
  laptop.run(["photo", "where", wanted, ...flags], {
    env: { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken },
    now: () => scene.newsroom.clock.now,
  });

describe("photo where", () => {
  it("says of each photo of a submission where it is out, and what to do there", async () => {
    const ran = await where(id);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("Foto 1: panen.jpg");
    expect(ran.stdout).toContain("Foto 2: kerja.jpg");
    expect(ran.stdout).toContain(`https://${site}/panen`);
    expect(ran.stdout).toContain(`kominfo post unpublish ${id} --from web --reason data-pribadi`);
    expect(ran.stdout).toContain("Belum jelas sudah tayang atau belum.");
    const { photos } = JSON.parse((await where(id, "--json")).stdout);
    expect(photos.map(({ sha256 }: { sha256: string }) => sha256)).toEqual([first, second]);
    expect(photos[1].publications).toMatchObject([
      { account: site, state: "published", next: "sent", url: `https://${site}/panen`, submission: { id } },
      { account: kabupaten, state: "unclear", next: "unclear", url: null },
    ]);
  });

  it("says it of one photo by its hash, and of a photo that is out in an older revision only", async () => {
    const { photos } = JSON.parse((await where(first.toUpperCase(), "--json")).stdout);
    expect(photos).toMatchObject([{ sha256: first, filename: null }]);
    expect(photos[0].publications).toHaveLength(2);
    const changed = { content: content({ photos: [photo(first)], correction_note: "Foto." }) };
    const sent = await scene.operator.put(`/submissions/${id}`, changed, { "if-match": '"r1"' });
    expect(sent.status).toBe(200);
    const found = JSON.parse((await where(id, "--json")).stdout).photos;
    expect(found.map(({ sha256 }: { sha256: string }) => sha256)).toEqual([first, second]);
  });

  it("says that nothing is out, and that a photo is not known", async () => {
    const other = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(2502));
    expect((await where(other)).stdout).toContain("Tidak ada yang masih tayang.");
    const unknown = await where("e".repeat(64));
    expect([unknown.code, unknown.stderr.includes("e".repeat(64))]).toEqual([1, true]);
  });
});
