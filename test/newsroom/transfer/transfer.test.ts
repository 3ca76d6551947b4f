import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit, verifyAudit } from "../../../src/newsroom/local-audit.js";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { serve } from "../../../src/newsroom/serve.js";
import { databaseFile, openStore } from "../../../src/newsroom/store/database/open.js";
import { startHandover } from "../../../src/newsroom/store/service/relocation.js";
import { backUp } from "../../../src/newsroom/transfer/backup.js";
import { restoreNewsroom } from "../../../src/newsroom/transfer/move.js";
import {
  as,
  images,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";
import { ownStores, type Stores } from "../support/stores.js";

let newsroom: TestNewsroom;
let token: string;
let folder: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-backup-"));
});
afterAll(async () => {
  await newsroom.remove();
  await rm(folder, { recursive: true, force: true });
});

const backup = () => path.join(folder, "cadangan");
const source = () => ({ data: newsroom.folder, ...newsroom.kept });
const back = () => backUp(source(), backup(), "0.1.0", newsroom.clock.now);

/** Serves what was restored, and gives it to `look`. */
async function served<T>(data: string, stores: Stores, look: (url: string) => Promise<T>): Promise<T> {
  const options = { host: "127.0.0.1", port: 0, data, ...stores, images, version: "0.1.0" };
  const restored = await serve({ ...options, now: () => newsroom.clock.now });
  try {
    return await look(restored.url);
  } finally {
    await restored.close();
  }
}

describe("a backup", () => {
  test("is readable by its owner only, also in a folder that others may look into", async () => {
    const open = path.join(folder, "terbuka");
    await mkdir(open, { mode: 0o755 });
    await backUp(source(), open, "0.1.0", newsroom.clock.now);
    expect((await stat(path.join(open, databaseFile))).mode & 0o777).toBe(0o600);
  });

  test("has the audit log, with itself as the last entry, and the restored log is whole and goes on", async () => {
    await back();
    const { head, broken } = await verifyAudit(newsroom.place, newsroom.clock.now);
    expect(broken).toBeUndefined();
    const target = { data: path.join(folder, "audit"), ...(await ownStores()) };
    await restoreNewsroom(backup(), target, newsroom.clock.now);
    const place = target.database ?? target.data;
    const [restored, exported] = await listAudit(place, new Date(0), newsroom.clock.now);
    expect(exported).toMatchObject({ ...head, event: "exported", detail: { what: "backup" } });
    expect(restored?.event).toBe("restored");
    await addPerson(place, { name: "Tono", role: "admin" }, newsroom.clock.now);
    const { entries } = await verifyAudit(place, newsroom.clock.now);
    expect(entries).toBe(head!.seq + 3);
  });

  test("made while the newsroom works holds one moment of it, and is restored whole", async () => {
    const operator = as(newsroom, token);
    const ids: string[] = [];
    let isOver = false;
    const working = (async () => {
      for (let n = 0; !isOver; n += 1) {
        const hash = await uploadPhoto(newsroom, token, await jpeg(700 + n));
        ids.push(await operator.submit({ slug: `naskah-${n}`, photos: [photo(hash)] }));
      }
    })();
    while (ids.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = [...ids];
    const { submissions, photos } = await back();
    isOver = true;
    await working;
    expect(submissions).toBeGreaterThanOrEqual(before.length);
    expect(photos).toBeGreaterThanOrEqual(before.length);

    const data = path.join(folder, "pulih");
    const stores = await ownStores();
    const restored = await restoreNewsroom(backup(), { data, ...stores }, newsroom.clock.now);
    expect(restored).toEqual({ submissions, photos });
    await served(data, stores, async (url) => {
      const again = as({ url }, token);
      for (const id of before) {
        const { body } = await again.get(`/submissions/${id}`);
        expect(body).toEqual((await operator.get(`/submissions/${id}`)).body);
        expect((await again.get(`/photos/${body.content.photos[0].sha256}`)).status).toBe(200);
      }
      // It goes on behind the last change, with the same people.
      expect(await again.submit({ slug: "sesudah-pulih" })).toBeTruthy();
    });
  });

  test("leaves no schedule to a publisher, which would send again what has gone out since", async () => {
    const [editorToken, publisherToken] = [await newsroom.token("editor"), await newsroom.token("publisher")];
    const [operator, editor] = [as(newsroom, token), as(newsroom, editorToken)];
    const publisher = as(newsroom, publisherToken);
    const id = await operator.submit({ slug: "terjadwal" });
    const steps = `/submissions/${id}/transitions`;
    await editor.post(steps, { step: "claim" });
    const approval = { destinations: ["kecamatan"], channels: ["web"] };
    await editor.post(steps, { step: "approve", approval }, { "if-match": '"r1"' });
    const scheduled_for = newsroom.clock.now.toISOString();
    const wanted = { channel: "web", account: "cibitung.example", state: "scheduled", scheduled_for };
    const scheduled = await editor.post(`/submissions/${id}/publications`, wanted);
    expect(scheduled.status, JSON.stringify(scheduled.body)).toBe(201);
    const due = "/publications?state=scheduled&due=true";
    expect((await publisher.get(due)).body.items).toHaveLength(1);
    await back();
    const data = path.join(folder, "tanpa-jadwal");
    const stores = await ownStores();
    await restoreNewsroom(backup(), { data, ...stores }, newsroom.clock.now);
    await served(data, stores, async (url) => {
      expect((await as({ url }, publisherToken).get(due)).body.items).toEqual([]);
      const there = as({ url }, editorToken);
      const { publications } = (await there.get(`/submissions/${id}`)).body;
      expect(publications).toMatchObject([{ id: scheduled.body.id, state: "failed", reason: "restored" }]);
      // A person has looked, and schedules it again.
      const again = await there.post(`/submissions/${id}/publications`, wanted);
      expect(again.body).toMatchObject({ id: scheduled.body.id, state: "scheduled", reason: null });
    });
  });

  test("into the same folder takes only what is new, and takes away what the newsroom took away", async () => {
    const operator = as(newsroom, token);
    const hash = await uploadPhoto(newsroom, token, await jpeg(801));
    await operator.submit({ slug: "susulan", photos: [photo(hash)] });
    const orphan = await uploadPhoto(newsroom, token, await jpeg(802));
    const before = await back();
    expect(await kept()).toEqual(expect.arrayContaining([hash, orphan]));
    await newsroom.stores(async ({ store, blobs }) => {
      await store.deleteFrom("photo_owners").where("sha256", "=", orphan).execute();
      await store.deleteFrom("photos").where("sha256", "=", orphan).execute();
      await blobs.remove(orphan);
    });
    expect(await back()).toEqual({ ...before, photos: before.photos - 1 });
    expect(await kept()).not.toContain(orphan);
    expect(JSON.parse(await readFile(path.join(backup(), "backup.json"), "utf8"))).toMatchObject({
      photos: before.photos - 1,
    });
  });

  test("is not made of a newsroom whose photo is gone; the one before stays", async () => {
    const hash = await uploadPhoto(newsroom, token, await jpeg(803));
    await newsroom.stores(({ blobs }) => blobs.remove(hash));
    await expect(back()).rejects.toMatchObject({ code: "newsroom-blob-damaged" });
    const again = await restoreNewsroom(
      backup(),
      { data: path.join(folder, "lagi"), ...(await ownStores()) },
      newsroom.clock.now,
    );
    expect(again.submissions).toBeGreaterThan(3);
    await uploadPhoto(newsroom, token, await jpeg(803));
  });

  test("is not made in a folder of something else, nor restored over a newsroom", async () => {
    const other = path.join(folder, "lain");
    await backUp(source(), other, "0.1.0", newsroom.clock.now);
    await rm(path.join(other, "backup.json"));
    await writeFile(path.join(other, "skripsi.docx"), "x");
    await expect(backUp(source(), other, "0.1.0", newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-folder-foreign",
    });
    await expect(restoreNewsroom(other, source(), newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-backup-missing",
    });
    await expect(restoreNewsroom(backup(), source(), newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-target-used",
    });
    expect(await readdir(other)).toContain("skripsi.docx");
  });
});

describe("a copy", () => {
  test("that was broken off is not served, and goes on", async () => {
    const data = path.join(folder, "putus");
    const stores = await ownStores();
    const target = { data, ...stores };
    const place = stores.database ?? data;
    const store = await openStore(place, newsroom.clock.now);
    await startHandover(store, "unfinished", backup());
    await store.destroy();
    await expect(served(data, stores, async () => {})).rejects.toMatchObject({ code: "newsroom-unfinished" });
    await restoreNewsroom(backup(), target, newsroom.clock.now);
    await served(data, stores, async (url) => expect((await as({ url }, token).get("/me")).status).toBe(200));
  });

  test("with a photo that is not what its name says is refused", async () => {
    const [hash = ""] = await kept();
    await writeFile(path.join(backup(), "blobs", hash.slice(0, 2), hash.slice(2, 4), hash), "bukan fotonya");
    const target = { data: path.join(folder, "rusak"), ...(await ownStores()) };
    await expect(restoreNewsroom(backup(), target, newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-blob-damaged",
    });
  });
});

async function kept(): Promise<string[]> {
  const files = await readdir(path.join(backup(), "blobs"), { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile()).map((file) => file.name);
}
