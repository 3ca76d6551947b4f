import { appendFile, copyFile, mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../src/contract/contract.js";
import { insertSegments } from "../../src/photo/metadata/text.js";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { sampleAnswers, sampleSlug, writeAnswers } from "../support/answers.js";
import type { HostOptions, Ran } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";
import { startProxy, type TestProxy } from "../support/proxy.js";
import { zipOf } from "../support/zip.js";

let newsroom: TestNewsroom;
let line: TestProxy;
let laptop: Laptop;
let token: string;
let seed = 0;
/** The part of the newsroom's disk that is free. */
let free = 1;

beforeAll(async () => {
  newsroom = await startNewsroom(undefined, async () => free);
  line = await startProxy(newsroom.url);
  token = await newsroom.token("operator");
});
afterAll(async () => {
  await line.close();
  await newsroom.remove();
});
beforeEach(async () => {
  line.loses = undefined;
  line.seen = [];
  laptop = await openLaptop(line.url);
});
afterEach(() => laptop.remove());

const at = (...parts: string[]) => path.join(laptop.workspace, ...parts);
const environment = (): Partial<HostOptions> => ({
  env: { KOMINFO_NEWSROOM_TOKEN: token },
  now: () => newsroom.clock.now,
});
const run = (argv: readonly string[], options: Partial<HostOptions> = {}): Promise<Ran> =>
  laptop.run(argv, { ...environment(), ...options });
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
async function json(argv: readonly string[], options: Partial<HostOptions> = {}): Promise<any> {
  const ran = await run([...argv, "--json"], options);
  if (ran.stdout === "") throw new Error(ran.stderr);
  return { ...JSON.parse(ran.stdout), code: ran.code };
}
const upload = (...argv: string[]) => json(["photo", "upload", ...argv]);

async function photos(count: number, folder = "foto"): Promise<string[]> {
  await mkdir(at(folder), { recursive: true });
  const names: string[] = [];
  for (let n = 1; n <= count; n++) names.push(await writePhoto(at(folder), `IMG_${n}.jpg`, { seed: ++seed }));
  return names;
}

const album = async (slug: string) => (await as(newsroom, token).get(`/albums/32.16.07/${slug}`)).body;

describe("photo upload --event", () => {
  it("sends the web renditions, fills the album, and does nothing the second time", async () => {
    const sources = await photos(3);
    const first = await upload("foto", "--event", "HUT RI ke-81");
    expect(first).toMatchObject({
      code: 0,
      album: { kecamatan: "32.16.07", slug: "hut-ri-ke-81", title: "HUT RI ke-81" },
      summary: { total: 3, uploaded: 3, present: 0, failed: 0, waiting: 0 },
    });
    expect(first.photos.map((photo: { source: string }) => photo.source)).toEqual(sources);
    const { title, photos: listed } = await album("hut-ri-ke-81");
    expect(title).toBe("HUT RI ke-81");
    expect(listed.map((photo: { sha256: string }) => photo.sha256).sort()).toEqual(
      first.photos.map((photo: { sha256: string }) => photo.sha256).sort(),
    );
    expect(listed[0]).toMatchObject({ filename: "IMG_1.jpg", caption: "HUT RI ke-81" });
    line.seen = [];
    const second = await upload("foto", "--event", "HUT RI ke-81");
    expect(second.summary).toEqual({
      total: 3,
      uploaded: 0,
      present: 3,
      failed: 0,
      waiting: 0,
      bytes_sent: 0,
    });
    expect(line.seen).toEqual(["POST /api/v1/photos/known"]);
  });

  it("says which photos are the same picture, and lists it once with the captions of the first", async () => {
    const [first] = await photos(1);
    await copyFile(at("foto", "IMG_1.jpg"), at("foto", "IMG_2.jpg"));
    await writeFile(at("takarir.csv"), "berkas,keterangan\nIMG_1.jpg,Camat hadir\nIMG_2.jpg,Sekcam hadir\n");
    const argv = ["photo", "upload", "foto", "--event", "kembar", "--captions", at("takarir.csv")];
    const ran = await run(argv);
    expect(ran.stderr).toContain(
      "1 foto sama dengan foto lain, jadi hanya tercatat sekali, dengan keterangan foto yang pertama: IMG_2.jpg (sama dengan IMG_1.jpg)",
    );
    expect((await album("kembar")).photos).toMatchObject([{ filename: "IMG_1.jpg", caption: "Camat hadir" }]);
    const { photos: reported } = await json(argv);
    expect(reported[0]).not.toHaveProperty("same_as");
    expect(reported[1]).toMatchObject({ status: "present", attached: true, same_as: first });
  });

  it("is traced by KOMINFO_DEBUG photo by photo and step by step, without folders and without the token", async () => {
    await photos(1);
    const env = { KOMINFO_NEWSROOM_TOKEN: token, KOMINFO_DEBUG: "photo,upload" };
    const { stderr } = await run(["photo", "upload", "foto", "--event", "jejak", "--json"], { env });
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toContainEqual(expect.stringMatching(/^PHOTO 12345: render IMG_1\.jpg: done, \d+ ms$/));
    expect(lines).toContain("UPLOAD 12345: asking");
    expect(lines).toContainEqual(expect.stringMatching(/^UPLOAD 12345: uploading \d\/1, \d+\/\d+ bytes$/));
    expect(lines).toContain("UPLOAD 12345: listing 1/1");
    expect(lines.filter((line) => !/^(PHOTO|UPLOAD) /.test(line))).toEqual([]);
    expect(stderr).not.toContain(laptop.workspace);
    expect(stderr).not.toContain(token);
  });

  it("shows the plan with --dry-run, and neither asks nor writes anything", async () => {
    await photos(2);
    const plan = await upload("foto", "--event", "rencana", "--dry-run");
    expect(plan).toMatchObject({ code: 0, summary: { total: 2, to_prepare: 2, ready: 0, failed: 0 } });
    expect(line.seen).toEqual([]);
    expect(await readdir(laptop.workspace)).toEqual(["foto", "kominfo.yaml"]);
  });

  it("says that a list which lies there holds no captions, and sends the photos", async () => {
    await photos(1);
    await writeFile(at("foto", "takarir.csv"), "berkas;keterangan\n");
    const ran = await run(["photo", "upload", "foto", "--event", "Kosong"]);
    expect(ran.code).toBe(0);
    expect(ran.stderr.replace(/\s+/g, " ")).toContain("takarir.csv belum memuat keterangan");
    expect(ran.stderr).not.toContain("Keterangan dibaca dari");
  });

  it("names the photos whose own caption is in an unknown character set, and sends them without it", async () => {
    const [name = ""] = await photos(1);
    const caption = Buffer.from("Warga salat Jum\xd5at", "latin1");
    const iim = Buffer.concat([Buffer.from([0x1c, 2, 120, 0, caption.length]), caption]);
    const head = Buffer.from(
      `Photoshop 3.0\0${"8BIM"}\x04\x04\0\0\0\0\0${String.fromCharCode(iim.length)}`,
      "latin1",
    );
    const body = Buffer.concat([head, iim]);
    const file = at("foto", path.basename(name));
    const segment = Buffer.concat([Buffer.from([0xff, 0xed, 0, body.length + 2]), body]);
    await writeFile(file, insertSegments(await readFile(file), segment));
    const ran = await run(["photo", "upload", "foto", "--event", "huruf"]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(
      /Keterangan IPTC di dalam .*IMG_1\.jpg memakai susunan huruf yang tidak dikenal/,
    );
    expect(JSON.stringify(await album("huruf"))).not.toContain("salat");
  });

  it("takes captions from a list that is named, one that lies there, a text beside the photo, and the photo", async () => {
    await photos(3);
    await writeFile(at("foto", "takarir.csv"), "berkas;keterangan\nIMG_1;dari folder\nIMG_2;dari folder\n");
    await writeFile(
      at("daftar.csv"),
      "file,caption,credit\nIMG_1.jpg,dari daftar,Humas\nIMG_99.jpg,tidak ada,x\n",
    );
    await writeFile(at("foto", "IMG_3.txt"), "dari berkas teks\n");
    const ran = await run(["photo", "upload", "foto", "--event", "takarir", "--captions", "daftar.csv"]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("IMG_99.jpg");
    const said = (await album("takarir")).photos.map((photo: Record<string, string>) => [
      photo.caption,
      photo.credit,
    ]);
    expect(said).toEqual([
      ["dari daftar", "Humas"],
      ["dari folder", undefined],
      ["dari berkas teks", undefined],
    ]);
    // Said anew: listed anew, and nothing is sent again.
    await writeFile(at("foto", "IMG_3.txt"), "diperbaiki");
    const again = await upload("foto", "--event", "takarir", "--captions", "daftar.csv");
    expect(again.summary).toMatchObject({ uploaded: 0, bytes_sent: 0 });
    expect((await album("takarir")).photos[2].caption).toBe("diperbaiki");
  });

  it("names each photo that fails, and finishes the others (exit 3)", async () => {
    await photos(2);
    await writeFile(at("foto", "IMG_9.jpg"), "bukan foto");
    const ended = await upload("foto", "--event", "gagal");
    expect(ended).toMatchObject({ code: 3, summary: { total: 3, uploaded: 2, failed: 1 } });
    expect(ended.photos[2]).toMatchObject({ status: "failed", sha256: null, code: "photo-not-supported" });
    // A batch whose only failures will not mend is finished.
    expect(await json(["sync"])).toMatchObject({ code: 0, uploads: [] });
  });

  it("reads a list of photos on stdin, with NUL or lines between them; what is not there fails alone", async () => {
    const [one, two] = await photos(2);
    const argv = ["photo", "upload", "-", "--event", "daftar"];
    expect((await json(argv, { stdin: `${one}\0${two}\0` })).summary).toMatchObject({
      total: 2,
      uploaded: 2,
    });
    const ended = await json(argv, { stdin: `foto/IMG_1.jpg\r\n\nfoto/hilang.jpg\n` });
    expect(ended).toMatchObject({ code: 3, summary: { total: 2, present: 1, failed: 1 } });
    expect(await json(argv, { stdin: "" })).toMatchObject({ code: 0, photos: [] });
  });

  it("sends only what a list names, in whatever encoding Windows has written it", async () => {
    await photos(2);
    await mkdir(at("kerja"));
    await writePhoto(at("kerja"), "bukan-untuk-diunggah.jpg", { seed: ++seed });
    const list = '"../foto/IMG_1.jpg"\r\n../foto/IMG_2.jpg\r\n';
    const argv = ["photo", "upload", "-", "--event", "utf16"];
    const cwd = at("kerja");
    for (const bytes of [Buffer.from(`\ufeff${list}`, "utf16le"), Buffer.from(list, "utf16le")]) {
      const ended = await json(argv, { stdin: bytes, cwd });
      expect(ended).toMatchObject({ code: 0, summary: { total: 2, failed: 0 } });
    }
    expect((await album("utf16")).photos).toHaveLength(2);
    const broken = await run(argv, { stdin: Buffer.from(`\ufeff.${list}`, "utf16le").subarray(0, -1), cwd });
    expect(broken).toMatchObject({ code: 2, stdout: "" });
    expect(broken.stderr).toContain("stdin: teks UTF-16 ini rusak atau terpotong.");
    const ended = await json(argv, { stdin: ".\n..\n*.jpg\n", cwd });
    expect(ended).toMatchObject({ code: 3, summary: { total: 3, failed: 3 } });
    expect((await album("utf16")).photos).toHaveLength(2);
  });

  it("fails a photo alone whose own caption cannot be read, by its name; what was guessed or matched nothing is told", async () => {
    await photos(3);
    await writeFile(at("foto", "IMG_1.txt"), Buffer.from("Caf\xe9 \x93Mawar\x94\r\n", "latin1"));
    await writeFile(at("foto", "IMG_2.yaml"), 'takarir: Camat: "membuka" acara\n');
    await writeFile(
      at("foto", "takarir.csv"),
      "berkas;takarir\nIMG_3.jpg;lama\nimg_3.JPG;baru\nIMG_8.jpg;x\n",
    );
    const ran = await run(["photo", "upload", "foto", "--event", "sandi"]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(/IMG_1\.txt tidak disimpan sebagai UTF-8/);
    expect(ran.stderr).toMatch(/Keterangan untuk IMG_2\.jpg tidak dapat dibaca dari .*IMG_2\.yaml/);
    expect(ran.stderr).toContain(
      `baris 1: nilai ini harus diapit tanda kutip; tulis: takarir: 'Camat: "membuka" acara'`,
    );
    expect(ran.stderr).toMatch(
      /1 baris di .*takarir\.csv tidak cocok dengan foto mana pun: IMG_8\.jpg \(baris 4/,
    );
    const { photos: listed } = await album("sandi");
    expect(
      listed.map(({ filename, caption }: { filename: string; caption: string }) => [filename, caption]),
    ).toEqual([
      ["IMG_1.jpg", "Café “Mawar”"],
      ["IMG_3.jpg", "lama"],
    ]);
    expect(ran.stderr).toMatch(
      /menyebut IMG_3\.jpg lebih dari sekali \(baris 2, 3\); yang dipakai baris 2\./,
    );
    await rm(at("foto", "IMG_2.yaml"));
    expect((await upload("foto", "--event", "sandi")).code).toBe(0);
  });

  it("a list of captions that lies among the photos and was named is not passed over", async () => {
    await photos(1);
    await writeFile(at("foto", "daftar.csv"), "foto,takarir\nIMG_1.jpg,Rapat\n");
    await writeFile(at("foto", "lain.csv"), "a,b\n");
    const ran = await upload("foto", "--event", "daftar", "--captions", "foto/daftar.csv", "--dry-run");
    expect(ran.photos[0].caption).toBe("Rapat");
    expect(ran.passed_over.files).toEqual([{ kind: "CSV", count: 1, paths: [at("foto", "lain.csv")] }]);
  });

  it("asks a person at a terminal before it uses their data plan, and a no sends nothing", async () => {
    await mkdir(at("besar"));
    for (const name of ["IMG_1.jpg", "IMG_2.jpg"]) {
      await writePhoto(at("besar"), name, { width: 2048, height: 2048, seed: ++seed });
    }
    const argv = ["photo", "upload", "besar", "--event", "kuota"];
    const asked = await run(argv, {
      typed: [[/Akan memakai sekitar [\d,]+ (MB|kB) kuota\. Lanjutkan\?/, "t\r"]],
    });
    expect(asked.code).toBe(130);
    expect(line.seen.filter((request) => request.includes("/uploads"))).toEqual([]);
    // Nor does a sync that runs unattended, which asks nobody.
    expect(await json(["sync", "--yes"])).toMatchObject({ code: 0, uploads: [] });
    expect(line.seen.filter((request) => request.includes("/uploads"))).toEqual([]);
    // Ctrl-C at the question is no yes either.
    expect((await run(argv, { typed: [[/Lanjutkan\?/, "\u0003"]] })).code).toBe(130);
    expect(await json(["sync", "--yes"])).toMatchObject({ code: 0, uploads: [] });
    // Asked for again, and interrupted, they are a batch like any other; after a no to sync only a person can send it.
    const env = { KOMINFO_NEWSROOM_TOKEN: `${(await newsroom.token("operator")).slice(0, -4)}salah` };
    expect((await run([...argv, "--yes"], { env })).code).toBe(4);
    expect((await run(["sync"], { typed: [[/Lanjutkan\?/, "\u001b[B\r"]] })).code).toBe(130);
    const unattended = await run(["sync", "--yes"]);
    expect(unattended.code).toBe(0);
    expect(unattended.stderr).toMatch(/2 foto untuk album .*tidak dikirim: tadi Anda menjawab tidak/);
    expect(unattended.stdout).not.toContain("Tidak ada yang menunggu");
    expect(unattended.stdout).toMatch(
      /^Masih menunggu:\n {2}2 foto untuk album .*: tadi Anda menjawab tidak/m,
    );
    expect((await json(["sync", "--yes"])).waiting).toMatchObject([
      { photos: 2, reason: expect.any(String) },
    ]);
    expect(await run(["sync", "--yes", "-q"])).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(line.seen.filter((request) => request.includes("/uploads"))).toEqual([]);
    expect((await run(["sync"], { typed: [[/Lanjutkan\?/, "\r"]] })).code).toBe(0);
    expect((await album("kuota")).count).toBe(2);
    expect((await run([...argv, "--yes"], { typed: [] })).code).toBe(0);
  });

  it("what waits can be forgotten, at the question of sync or by its name, and be sent again on purpose", async () => {
    await mkdir(at("besar"));
    for (const name of ["IMG_1.jpg", "IMG_2.jpg"]) {
      await writePhoto(at("besar"), name, { width: 2048, height: 2048, seed: ++seed });
    }
    const argv = ["photo", "upload", "besar", "--event", "Rapat Lupa"];
    const env = { KOMINFO_NEWSROOM_TOKEN: `${(await newsroom.token("operator")).slice(0, -4)}salah` };
    const wait = async () => expect((await run([...argv, "--yes"], { env })).code).toBe(4);
    await wait();
    const wrong = await run(["sync", "--forget", "rapat"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("Yang menunggu: rapat-lupa");
    const kept = await run(["sync", "--forget", "rapat-lupa"], { typed: [[/\? Lupakan 2 foto/, "\r"]] });
    expect(kept).toMatchObject({ code: 130, stdout: "" });
    expect(kept.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
    const agreed = await run(["sync", "--forget", "rapat-lupa"], { typed: [[/\? Lupakan 2 foto/, "y\r"]] });
    expect(agreed.stdout).toContain("tidak menunggu lagi");
    await wait();
    const unasked = await run(["sync", "--forget", "rapat-lupa", "--yes"], { typed: [] });
    expect(unasked.code).toBe(0);
    await wait();
    expect(await json(["sync", "--forget", "rapat-lupa"])).toMatchObject({
      code: 0,
      forgotten: [{ album: { slug: "rapat-lupa" }, photos: 2 }],
    });
    expect((await run(["sync", "--yes"])).stdout).toContain("Tidak ada yang menunggu");
    await wait();
    const asked = await run(["sync"], { typed: [[/Lanjutkan\?/, "\u001b[B\u001b[B\r"]] });
    expect(asked).toMatchObject({ code: 0 });
    expect(asked.stderr).toContain('2 foto untuk album "Rapat Lupa" tidak menunggu lagi');
    // A photo of the same album that is sent later does not bring them along.
    const [other] = await photos(1);
    expect((await upload(other!, "--event", "Rapat Lupa")).code).toBe(0);
    expect(await json(["sync", "--yes"])).toMatchObject({ code: 0, uploads: [] });
    expect((await album("rapat-lupa")).count).toBe(1);
    await wait();
    expect(await json(["sync", "--yes"])).toMatchObject({ code: 0 });
    expect((await album("rapat-lupa")).count).toBe(3);
  });

  it("Ctrl-C in the middle says what is there, what a later sync sends, and how it does not", async () => {
    await photos(3);
    const stop = new AbortController();
    const argv = ["photo", "upload", "foto", "--event", "Rapat Putus", "--jobs", "1"];
    line.onTraffic = () => {
      if (line.seen.some((request) => request.includes("/uploads"))) stop.abort();
    };
    const ran = await run(argv, { signal: stop.signal });
    line.onTraffic = undefined;
    expect(ran.code).toBe(130);
    const said = ran.stderr.replace(/\s+/g, " ");
    expect(said).toMatch(/Berhenti: \d dari 3 foto sudah lengkap, \d menunggu\./);
    expect(said).toContain("dikirim oleh kominfo sync berikutnya");
    expect(said).toContain("kominfo sync --forget rapat-putus");
    expect((await run(["sync", "--forget", "Rapat Putus"])).code).toBe(0);
    expect(await json(["sync", "--yes"])).toMatchObject({ code: 0, uploads: [] });
  });

  it.each(["made", "declined"])(
    "killed before a person has answered (before %s is written), nothing was agreed to",
    async (next) => {
      await mkdir(at("besar"));
      for (const file of ["IMG_1.jpg", "IMG_2.jpg"]) {
        await writePhoto(at("besar"), file, { width: 2048, height: 2048, seed: ++seed });
      }
      const name = `mati ${next}`;
      const argv = ["photo", "upload", "besar", "--event", name];
      expect((await run(argv, { typed: [[/Lanjutkan\?/, "t\r"]] })).code).toBe(130);
      // A journal only grows: its beginning is what a killed run leaves.
      const folder = at(".kominfo", "uploads", `event-mati-${next}`);
      const file = path.join(folder, (await readdir(folder)).find((entry) => entry.endsWith(".jsonl"))!);
      const lines = (await readFile(file, "utf8")).split("\n");
      const end = lines.findIndex((fact) => fact.includes(`"${next}"`));
      expect(end).toBeGreaterThan(0);
      await writeFile(file, `${lines.slice(0, end).join("\n")}\n`);
      const unattended = await run(["sync", "--yes"]);
      expect(unattended.code).toBe(0);
      expect(unattended.stderr).toMatch(/2 foto untuk album .*tidak dikirim: pertanyaan .* belum dijawab/);
      expect(line.seen.filter((request) => request.includes("/uploads"))).toEqual([]);
      // Other photos of the album that are sent, under another title, do not bring them along.
      const [other] = await photos(1);
      expect((await upload(other!, "--event", name.toUpperCase())).code).toBe(0);
      expect((await run(["sync", "--yes"])).stderr).toContain("belum dijawab");
      expect((await album(`mati-${next}`)).count).toBe(1);
      // A person who is asked sends them.
      expect((await run(["sync"], { typed: [[/Lanjutkan\?/, "\r"]] })).code).toBe(0);
      expect((await album(`mati-${next}`)).count).toBe(3);
    },
  );

  it("what is too little to ask about is sent by sync also when the line was down in a terminal", async () => {
    await photos(1);
    const argv = ["photo", "upload", "foto", "--event", "kecil sekali"];
    const env = { KOMINFO_NEWSROOM_TOKEN: `${token.slice(0, -4)}salah` };
    expect((await run(argv, { env, typed: [] })).code).toBe(4);
    expect(await json(["sync"])).toMatchObject({ code: 0, uploads: [{ summary: { uploaded: 1 } }] });
  });

  it.each([
    [["foto"], "upload-target-missing"],
    [["foto", "--event", "a", "--post", "b"], "upload-target-twice"],
    [["foto", "--event", "…"], "event-name-invalid"],
    [["--event", "a"], "missing-argument"],
    [["foto", "--event", "a", "--limit-rate", "cepat"], "bad-rate"],
    [["foto", "--event", "a", "--jobs", "9"], "bad-number"],
    [["foto", "--event", "a", "--progress", "xml"], "bad-choice"],
    [["foto", "--event", "a", "--captions", "tiada.csv"], "file-not-found"],
    [["--event", "a", "--watch", "tiada"], "watch-folder-missing"],
  ])("refuses %j (%s, exit 2)", async (argv, code) => {
    await photos(1);
    const ran = await run(["photo", "upload", ...argv, "--json"]);
    expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([2, code]);
  });
});

/** Announces as much as one person may have that nothing holds; the addresses. */
async function fillQuota(token: string): Promise<string[]> {
  const addresses: string[] = [];
  for (let left = limits.unattached_bytes; left > 0; left -= limits.photo_bytes) {
    const hash = addresses.length.toString(16).padStart(64, "0");
    const metadata = { sha256: hash, filename: "a.jpg", type: "image/jpeg" };
    const response = await fetch(`${newsroom.url}/api/v1/uploads`, {
      method: "POST",
      headers: {
        ...tus(token),
        "upload-length": String(Math.min(left, limits.photo_bytes)),
        "upload-metadata": Object.entries(metadata)
          .map(([key, value]) => `${key} ${btoa(value)}`)
          .join(","),
      },
    });
    addresses.push(response.headers.get("location")!);
  }
  return addresses;
}
const giveUp = (token: string, address: string) =>
  fetch(new URL(address, newsroom.url), { method: "DELETE", headers: tus(token) });
const tus = (token: string) => ({ authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" });

describe("a batch that was interrupted", () => {
  it("by a lost login pauses (exit 4), says what to type, and goes on with the next login", async () => {
    await photos(3);
    const other = await newsroom.token("operator");
    const env = { KOMINFO_NEWSROOM_TOKEN: `${other.slice(0, -4)}salah` };
    const paused = await json(["photo", "upload", "foto", "--event", "jeda"], { env });
    expect(paused).toMatchObject({
      code: 4,
      summary: { uploaded: 0, waiting: 3, failed: 0 },
      paused: { code: "login-refused", exit: 4 },
    });
    expect(paused.paused.hints.join(" ")).toContain("kominfo auth login newsroom");
    expect(await json(["sync"])).toMatchObject({ code: 0, uploads: [{ summary: { uploaded: 3 } }] });
    expect((await album("jeda")).count).toBe(3);
    expect(await json(["sync"])).toMatchObject({ uploads: [], submissions: [] });
  });

  it("by a full quota pauses (exit 5) with one sentence, asks no more, and goes on once there is room", async () => {
    await photos(6);
    const own = { KOMINFO_NEWSROOM_TOKEN: await newsroom.token("operator") };
    const argv = ["photo", "upload", "foto", "--event", "penuh", "--jobs", "1"];
    const upload = () => json(argv, { env: own });
    const taken = await fillQuota(own.KOMINFO_NEWSROOM_TOKEN);
    const paused = await upload();
    expect(paused).toMatchObject({
      code: 5,
      summary: { uploaded: 0, waiting: 6, failed: 0 },
      paused: { code: "photos-not-taken", exit: 5 },
    });
    expect(paused.paused.message).toContain("terlalu banyak foto Anda yang belum dipakai");
    expect(line.seen.filter((request) => request === "POST /api/v1/uploads")).toHaveLength(1);
    await giveUp(own.KOMINFO_NEWSROOM_TOKEN, taken[0]!);
    expect(await upload()).toMatchObject({ code: 0, summary: { uploaded: 6 } });
  });

  it("by a full disk over there keeps a post on this computer too, and says whose disk it is", async () => {
    await photos(1);
    const set = ["judul=Posyandu", "kegiatan=Posyandu", "lokasi=Aula", "uraian=Ramai.", "tanggal=16/11/2026"];
    const flags = set.flatMap((pair) => ["--set", pair]);
    const { post } = await json(["post", "new", "berita-kegiatan", ...flags]);
    const about = ["--caption", "Kader", "--alt", "Kader di aula", "--credit", "Humas"];
    await run(["post", "attach", post.slug, at("foto", "IMG_1.jpg"), ...about]);
    free = 0.05;
    const full = await run(["post", "submit", post.slug]);
    free = 1;
    expect([full.code, full.stderr]).toEqual([5, expect.stringContaining("ruang simpannya hampir habis")]);
    expect(await json(["post", "submit", post.slug])).toMatchObject({ code: 0, photos: { uploaded: 1 } });
  });

  it("for a post that was deleted meanwhile goes to no other whose name begins alike, and goes on once it is back", async () => {
    const [photo] = await photos(1);
    const set = ["judul=Posyandu", "kegiatan=Posyandu", "lokasi=Aula", "uraian=Ramai.", "tanggal=16/11/2026"];
    const create = ["post", "new", "berita-kegiatan", ...set.flatMap((answer) => ["--set", answer])];
    const [first, second] = [(await json(create)).post.slug, (await json(create)).post.slug];
    expect(second).toBe(`${first}-2`);
    const env = { KOMINFO_NEWSROOM_TOKEN: `${(await newsroom.token("operator")).slice(0, -4)}salah` };
    expect((await run(["photo", "upload", photo!, "--post", first], { env })).code).toBe(4);
    await json(["post", "delete", first, "--yes"]);
    const before = await readFile(at("posts", second, "index.md"), "utf8");
    const left = await run(["sync"]);
    expect(left).toMatchObject({ code: 0 });
    expect(left.stdout).toBe(
      `Masih menunggu:\n  1 foto untuk naskah ${first}: naskahnya tidak ada lagi di sini.\n`,
    );
    expect(left.stderr).toContain(
      `1 foto untuk naskah ${first} tidak dikirim: naskah itu tidak ada lagi di sini.`,
    );
    expect(await readFile(at("posts", second, "index.md"), "utf8")).toBe(before);
    await json(["post", "delete", first, "--restore"]);
    expect(await json(["sync"])).toMatchObject({ code: 0, uploads: [{ summary: { uploaded: 1 } }] });
    expect(await readFile(at("posts", first, "index.md"), "utf8")).toContain("foto/IMG_1.jpg");
  });

  it("by a lost login is what sync exits with (4), though a post of the same run only lacked a line (5)", async () => {
    await photos(1);
    const set = ["judul=Posyandu", "kegiatan=Posyandu", "lokasi=Aula", "uraian=Ramai.", "tanggal=16/11/2026"];
    const { post } = await json([
      "post",
      "new",
      "berita-kegiatan",
      ...set.flatMap((pair) => ["--set", pair]),
    ]);
    line.loses = /^POST \/api\/v1\/submissions$/;
    expect((await run(["post", "submit", post.slug])).code).toBe(5);
    const env = { KOMINFO_NEWSROOM_TOKEN: "kominfo_salah" };
    expect(await json(["photo", "upload", "foto", "--event", "dua"], { env })).toMatchObject({ code: 4 });
    expect(await json(["sync"], { env })).toMatchObject({
      code: 4,
      submissions: [{ post: post.slug, error: { exit: 5 } }],
      uploads: [{ paused: { code: "login-refused", exit: 4 } }],
    });
  });

  it("sends a photo whose rendition was made, also when the card is gone", async () => {
    const [gone] = await photos(2);
    const env = { KOMINFO_NEWSROOM_TOKEN: "kominfo_salah" };
    await json(["photo", "upload", "foto", "--event", "kartu"], { env });
    await rm(gone!);
    expect(await json(["sync"])).toMatchObject({
      code: 0,
      uploads: [{ summary: { total: 2, uploaded: 2 } }],
    });
  });
});

describe("photo upload --post", () => {
  it("lists the photos in the post, as post attach does, so that only the post is left to submit", async () => {
    await photos(2);
    await writeFile(
      at("foto", "takarir.csv"),
      "berkas,keterangan,alt,kredit\nIMG_1,Camat,Camat di podium,Humas\n",
    );
    const answers = at("jawaban.json");
    await writeFile(answers, JSON.stringify({ ...sampleAnswers([]), judul: "Musrenbang Cibitung" }));
    const { post } = await json(["post", "new", "berita-kegiatan", "--from", answers]);
    const sent = await upload("foto", "--post", "musrenbang");
    expect(sent).toMatchObject({ code: 0, post: { slug: post.slug }, summary: { uploaded: 2 } });
    const text = await readFile(path.join(post.path, "index.md"), "utf8");
    expect(text).toContain("foto/IMG_1.jpg");
    expect(text).toContain("Camat di podium");
    expect((await upload("foto", "--post", "musrenbang")).summary).toMatchObject({ present: 2 });
    expect(await readFile(path.join(post.path, "index.md"), "utf8")).toBe(text);
    await photos(31, "banyak");
    const refused = await run(["photo", "upload", "banyak", "--post", "musrenbang", "--json"]);
    expect(JSON.parse(refused.stderr).error.code).toBe("post-photos-too-many");
  });
});

describe("what lies among the photos", () => {
  it("is told by kind and count, subfolders with the flag that takes them", async () => {
    await photos(1);
    await photos(1, "foto/hari 2");
    await writeFile(at("foto", "pindai.bmp"), "BM");
    const plain = await upload("foto", "--event", "dilewati", "--dry-run");
    expect(plain.passed_over).toEqual({
      folders: [at("foto", "hari 2")],
      unreadable: [],
      files: [{ kind: "BMP", count: 1, paths: [at("foto", "pindai.bmp")] }],
    });
    const ran = await run(["photo", "upload", "foto", "--event", "dilewati", "--dry-run"]);
    expect(ran.stderr).toContain("1 berkas dan 1 subfolder");
    expect(ran.stderr).toContain("--recursive");
    const all = await upload("foto", "--event", "dilewati", "--recursive");
    expect(all).toMatchObject({ code: 0, summary: { total: 2, uploaded: 2 }, passed_over: { folders: [] } });
  });

  it("does not count the list of --captions, which was read", async () => {
    await photos(1);
    await writeFile(at("foto", "daftar.csv"), "berkas,keterangan\nIMG_1,Camat membuka acara\n");
    await writeFile(at("foto", "lain.csv"), "berkas,keterangan\n");
    const args = ["foto", "--event", "daftar", "--dry-run"];
    const plain = await upload(...args);
    expect(plain.passed_over.files).toMatchObject([{ kind: "CSV", count: 2 }]);
    const listed = await upload(...args, "--captions", "foto/daftar.csv");
    expect(listed.passed_over.files).toEqual([{ kind: "CSV", count: 1, paths: [at("foto", "lain.csv")] }]);
  });

  it("is asked about in a terminal where it is photos in subfolders", async () => {
    await photos(2, "DCIM/100CANON");
    const ran = await run(["photo", "upload", "DCIM", "--event", "kartu dcim"], {
      typed: [["Di 1 subfolder ada 2 foto lagi. Ikutkan juga?", "y\r"]],
    });
    expect(ran.code, ran.stderr).toBe(0);
    expect((await album("kartu-dcim")).photos).toHaveLength(2);
    const without = await run(["photo", "upload", "DCIM", "--event", "kartu dcim", "--yes"]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('kominfo photo upload DCIM --event "kartu dcim" --recursive');
    const refused = await run(["photo", "upload", "DCIM", "--event", "kartu dcim"], {
      typed: [["Ikutkan juga?", "t\r"]],
    });
    expect(refused.code).toBe(2);
    // Beside photos that were named, Enter takes no others.
    await photos(1, "DCIM");
    const beside = await run(["photo", "upload", "DCIM", "--event", "kartu dcim", "--dry-run"], {
      typed: [["Ikutkan juga?", "\r"]],
    });
    expect(beside.stdout).toContain("1 foto");
  });
});

describe("captions in a ZIP archive", () => {
  it("are those of lists and texts, as in a folder, and errors name the archive", async () => {
    await photos(4);
    const file = (name: string, content: Buffer | string) => ({ name, content: Buffer.from(content) });
    const photo = async (n: number) => file(`foto/IMG_${n}.jpg`, await readFile(at("foto", `IMG_${n}.jpg`)));
    await writeFile(
      at("kiriman.zip"),
      zipOf([
        ...(await Promise.all([1, 2, 3, 4].map(photo))),
        file("foto/takarir.csv", "berkas;takarir\r\nIMG_1.jpg;Camat membuka acara\r\n"),
        file("foto/IMG_2.txt", "Warga berdiskusi"),
        file("foto/IMG_3.jpg.yaml", "takarir: Kader posyandu\nkredit: Siti"),
        file("foto/IMG_4.yaml", "takarir: [rusak"),
      ]),
    );
    const sent = await upload("kiriman.zip", "--event", "kiriman", "--yes");
    expect(sent).toMatchObject({ code: 3, summary: { uploaded: 3, failed: 1 } });
    const { photos: listed } = await album("kiriman");
    expect(listed.map((photo: { caption: string }) => photo.caption)).toEqual([
      "Camat membuka acara",
      "Warga berdiskusi",
      "Kader posyandu",
    ]);
    const failure = sent.photos.at(-1);
    expect(failure).toMatchObject({ source: at("kiriman.zip", "IMG_4.jpg"), code: "sidecar-invalid" });
    expect(failure.message).not.toContain("kominfo-zip");
    const ran = await run(["photo", "upload", "kiriman.zip", "--event", "kiriman", "--yes"]);
    expect(ran.stderr).toContain(at("kiriman.zip", "takarir.csv"));
    expect(ran.stderr).not.toContain("kominfo-zip");
  });
});

describe("photo upload --watch", () => {
  it("ends with one sentence and what was sent when the folder vanishes, as a card that is pulled out does", async () => {
    await photos(1);
    const watching = run(["photo", "upload", "--watch", "foto", "--event", "cabut"]);
    const listed = () => album("cabut").then(({ count }) => count === 1);
    while (!(await listed())) await new Promise((resolve) => setTimeout(resolve, 200));
    await rm(at("foto"), { recursive: true });
    const ended = await watching;
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`${at("foto")} bukan folder yang dapat dipantau.`);
    expect(ended.stdout).toContain("1 foto lengkap");
  });

  it("opens a ZIP that is put there, and tells of one that cannot be opened", async () => {
    await photos(2);
    const [one, two] = ["IMG_1.jpg", "IMG_2.jpg"].map((name) => at("foto", name));
    const archive = zipOf([{ name: "a/IMG_1.jpg", content: await readFile(one!) }]);
    await rm(one!);
    await writeFile(at("foto", "kiriman.zip"), archive);
    await writeFile(at("foto", "rusak.zip"), archive.subarray(0, 900));
    const controller = new AbortController();
    const watching = run(["photo", "upload", "--watch", "foto", "--event", "zip"], {
      signal: controller.signal,
    });
    const listed = () => album("zip").then(({ count }) => count === 2);
    while (!(await listed())) await new Promise((resolve) => setTimeout(resolve, 200));
    await new Promise((resolve) => setTimeout(resolve, 500));
    controller.abort();
    const ended = await watching;
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/^IMG_1\.jpg terkirim \(\d/m);
    expect(ended.stderr).toContain("rusak.zip");
    expect(await readFile(two!)).toBeDefined();
  });

  it("sends each photo once it is complete, and ends by Ctrl-C", async () => {
    await photos(1);
    const half = at("foto", "IMG_7.jpg");
    await writeFile(half, (await readFile(at("foto", "IMG_1.jpg"))).subarray(0, 500));
    const controller = new AbortController();
    const growing = setInterval(async () => {
      // Still being copied: it changes between any two looks.
      await appendFile(half, "x").catch(() => {});
      await utimes(half, new Date(), new Date()).catch(() => {});
    }, 300);
    const watching = run(["photo", "upload", "--watch", "foto", "--event", "pantau"], {
      signal: controller.signal,
    });
    const kept = () => readdir(at(".kominfo", "uploads", "event-pantau")).catch(() => []);
    const journal = async () => {
      const name = (await kept()).find((file) => file.startsWith("journal"));
      return name ? readFile(at(".kominfo", "uploads", "event-pantau", name), "utf8") : "";
    };
    while (!(await journal()).includes('"ended"')) await new Promise((resolve) => setTimeout(resolve, 200));
    controller.abort();
    const ended = await watching;
    clearInterval(growing);
    expect(ended.code).toBe(130);
    expect(ended.stderr, "each photo as it is sent").toMatch(/^IMG_1\.jpg terkirim \(\d/m);
    expect(ended.stdout).toContain("1 foto lengkap");
    expect(ended.stdout + ended.stderr).not.toContain("IMG_7");
  });
});

describe("--progress json", () => {
  it("tells of each step in lines of JSON on stderr", async () => {
    await photos(2);
    const ran = await run(["photo", "upload", "foto", "--event", "kemajuan", "--progress", "json", "--json"]);
    const lines = ran.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map((line) => line.progress))).toEqual(
      new Set(["reading", "preparing", "asking", "uploading", "listing"]),
    );
    const last = lines.filter((line) => line.progress === "uploading").at(-1);
    expect(last).toMatchObject({ photos: { done: 2, total: 2 }, current: [] });
    expect(last.bytes.sent).toBe(last.bytes.total);
  });
});

describe("a photo that a post blurs", () => {
  const blurred = (...parts: string[]) => ["photo", "blur", path.join(...parts), "--box", "0,0,320,240"];

  it("is sent blurred from wherever its original lies, and a namesake is told", async () => {
    await run(["post", "new", "berita-kegiatan", "--from", await writeAnswers(at("acara"), 1, 320)]);
    const original = at("acara", "IMG_1001.jpg");
    const plain = await upload(original, "--event", "Sebelum", "--yes");
    expect((await run(blurred("posts", sampleSlug, "foto", "IMG_1001.jpg"))).code).toBe(0);
    const told = await run(["photo", "upload", original, "--event", "Sesudah", "--yes"]);
    expect(told.code).toBe(0);
    expect(told.stderr).toContain(
      "1 foto dikirim dengan bagian yang disamarkan, seperti di naskahnya: IMG_1001.jpg",
    );
    const [before, after] = [await album("sebelum"), await album("sesudah")];
    expect(before.photos[0].sha256).toBe(plain.photos[0].sha256);
    expect(after.photos[0].sha256).not.toBe(before.photos[0].sha256);

    await mkdir(at("lain"));
    await writePhoto(at("lain"), "IMG_1001.jpg", { seed: ++seed });
    const namesake = await run(["photo", "upload", "lain", "--event", "Lain", "--yes"]);
    expect(namesake.stderr).toContain(
      `IMG_1001.jpg tidak disamarkan. Foto bernama sama di naskah ${sampleSlug}`,
    );
  });

  it("stays blurred in the post to which it is uploaded", async () => {
    await run(["post", "new", "berita-kegiatan", "--from", await writeAnswers(at("acara"), 1, 320)]);
    await run(blurred("posts", sampleSlug, "foto", "IMG_1001.jpg"));
    const without = { ...sampleAnswers(), judul: "Camat Cibitung Menerima Tamu dari Kecamatan Setu" };
    await writeFile(at("lain.json"), JSON.stringify(without));
    const { post } = await json(["post", "new", "berita-kegiatan", "--from", at("lain.json")]);
    await upload(at("acara", "IMG_1001.jpg"), "--post", post.slug, "--yes");
    expect((await json(["post", "photos", post.slug])).photos).toMatchObject([{ blur: ["0%,0%,100%,100%"] }]);
  });

  it("of no post lies beside its original, which is not sent", async () => {
    await photos(2);
    await run(blurred("foto", "IMG_1.jpg"));
    const told = await run(["photo", "upload", "foto", "--event", "Samar", "--yes"]);
    expect(told.stderr).toContain("IMG_1.jpg: ada versi yang disamarkan");
    const sent = (await album("samar")).photos.map(({ filename }: { filename: string }) => filename);
    expect(sent.sort()).toEqual(["IMG_1-samar.jpg", "IMG_2.jpg"]);
  });
});
