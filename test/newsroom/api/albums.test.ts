import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { album } from "../../../src/contract/contract.js";
import {
  as,
  cibitung,
  jpeg,
  setu,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";

let newsroom: TestNewsroom;
let operator: ReturnType<typeof as>;
let neighbour: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
/** Uploaded by Cibitung. */
const hashes: string[] = [];
/** Uploaded by Setu. */
let foreign: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  const token = await newsroom.token("operator", cibitung);
  operator = as(newsroom, token);
  for (const seed of [1, 2, 3]) hashes.push(await uploadPhoto(newsroom, token, await jpeg(seed)));
  const setus = await newsroom.token("operator", setu);
  neighbour = as(newsroom, setus);
  foreign = await uploadPhoto(newsroom, setus, await jpeg(9));
  editor = as(newsroom, await newsroom.token("editor"));
});
afterAll(() => newsroom.remove());

const entry = (sha256: string, caption?: string) => ({
  sha256,
  filename: "IMG_0001.jpg",
  ...(caption === undefined ? {} : { caption }),
});
const at = (slug: string, kecamatan = cibitung) => `/albums/${kecamatan}/${slug}`;

describe("an album", () => {
  test("is made by the first photos, and holds them in the order in which they were first added", async () => {
    const made = await operator.put(at("panen-raya"), {
      title: "Panen Raya",
      event_date: "2026-11-16",
      photos: [entry(hashes[1]!), entry(hashes[0]!, "Petani memanen padi.")],
    });
    expect([made.status, made.body.count]).toEqual([201, 2]);
    const more = await operator.put(at("panen-raya"), {
      photos: [entry(hashes[2]!), entry(hashes[1]!, "Bupati hadir.")],
    });
    expect([more.status, more.body.count, more.body.title]).toEqual([200, 3, "Panen Raya"]);
    const { body } = await operator.get(at("panen-raya"));
    expect(album.parse(body)).toEqual(body);
    expect(body).toMatchObject({ kecamatan: cibitung, slug: "panen-raya", event_date: "2026-11-16" });
    expect(body.photos).toEqual([
      entry(hashes[1]!, "Bupati hadir."),
      entry(hashes[0]!, "Petani memanen padi."),
      entry(hashes[2]!),
    ]);
  });

  test("is the same after the same call again", async () => {
    const call = () => operator.put(at("dua-kali"), { photos: [entry(hashes[0]!), entry(hashes[1]!)] });
    await call();
    const before = (await operator.get(at("dua-kali"))).body;
    expect((await call()).body.count).toBe(2);
    expect((await operator.get(at("dua-kali"))).body).toEqual(before);
  });

  test("counts a photo that is given twice once, with its last word", async () => {
    const photos = [entry(hashes[0]!, "Pertama"), entry(hashes[1]!), entry(hashes[0]!, "Terakhir")];
    expect((await operator.put(at("kembar"), { photos })).body.count).toBe(2);
    const { body } = await operator.get(at("kembar"));
    expect(body.photos).toEqual([entry(hashes[0]!, "Terakhir"), entry(hashes[1]!)]);
  });

  test("takes only photos that the sender may see, and names the others", async () => {
    const photos = [entry(hashes[0]!), entry(foreign), entry("0".repeat(64))];
    const { status, body } = await operator.put(at("asing"), { photos });
    expect([status, body.errors]).toEqual([
      422,
      [
        { pointer: "/photos/1/sha256", detail: "unknown" },
        { pointer: "/photos/2/sha256", detail: "unknown" },
      ],
    ]);
    expect((await operator.get(at("asing"))).status).toBe(404);
  });

  test("is read page by page", async () => {
    await operator.put(at("halaman"), { photos: hashes.map((hash) => entry(hash)) });
    const first = (await operator.get(`${at("halaman")}?limit=2`)).body;
    expect(first.photos).toHaveLength(2);
    const rest = (await operator.get(`${at("halaman")}?limit=2&cursor=${first.next_cursor}`)).body;
    expect([...first.photos, ...rest.photos]).toEqual(hashes.map((hash) => entry(hash)));
    expect(rest.next_cursor).toBeNull();
    expect((await operator.get(`${at("halaman")}?cursor=bukan`)).status).toBe(422);
  });

  test("takes at most 500 photos in one call", async () => {
    const photos = Array.from({ length: 501 }, (_, i) => entry(i.toString(16).padStart(64, "0")));
    const { status, body } = await operator.put(at("banyak"), { photos });
    expect([status, body.errors[0].pointer]).toEqual([422, "/photos"]);
  });

  test("belongs to its kecamatan: another's operators neither read nor fill it, editors do", async () => {
    await operator.put(at("milik"), { photos: [entry(hashes[0]!)] });
    for (const slug of ["milik", "tidak-ada"]) {
      expect((await neighbour.get(at(slug))).status).toBe(403);
      expect((await neighbour.put(at(slug), { photos: [] })).status).toBe(403);
    }
    expect((await editor.get(at("milik"))).body.count).toBe(1);
    expect((await editor.put(at("milik"), { photos: [entry(foreign)] })).body.count).toBe(2);
    // What is in an album of the kecamatan may be seen there.
    expect((await operator.get(`/photos/${foreign}`)).status).toBe(200);
  });

  test("of no kecamatan is not there", async () => {
    expect((await editor.put(at("x", "32.75.01"), { photos: [] })).status).toBe(404);
    expect((await editor.get(at("x", "32.75.01"))).status).toBe(404);
    expect((await editor.get("/albums/cibitung/x")).status).toBe(404);
  });

  test("is listed, newest first, to those who may read it", async () => {
    await neighbour.put(at("panen-setu", setu), { photos: [] });
    const slugs = async (who: typeof operator, query = "") =>
      (await who.get(`/albums${query}`)).body.items.map((album: { slug: string }) => album.slug);
    expect(await slugs(neighbour)).toEqual(["panen-setu"]);
    expect((await slugs(editor))[0]).toBe("panen-setu");
    expect(await slugs(editor, `?kecamatan=${cibitung}`)).toEqual(await slugs(operator));
    expect((await operator.get(`/albums?kecamatan=${setu}`)).status).toBe(403);
  });
});
