import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addPerson, changePerson } from "../../src/newsroom/local-people.js";
import { startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { hashQuickly } from "../support/hashing.js";
import type { Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

hashQuickly();

let newsroom: TestNewsroom;
let laptop: Laptop;
const now = () => newsroom.clock.now;
beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());
beforeEach(async () => {
  laptop = await openLaptop(newsroom.url);
});
afterEach(() => laptop.remove());

const siti = { name: "Siti Aminah", role: "operator", kecamatan: "32.16.07" } as const;
const down = "\u001b[B";

async function post(): Promise<void> {
  const set = ["judul=Camat Buka Musrenbang di Cibitung", "kegiatan=Musrenbang", "lokasi=Aula"];
  const more = ["tanggal=22/11/2026", "uraian=Musyawarah itu menetapkan 40 usulan."];
  const flags = [...set, ...more].flatMap((pair) => ["--set", pair]);
  const ran = await laptop.run(["post", "new", "berita-kegiatan", ...flags], { now });
  expect(ran).toMatchObject({ code: 0 });
}

describe("setup where nobody can be asked", () => {
  it("names every command that is missing, and exits with 2", async () => {
    await rm(path.join(laptop.workspace, "kominfo.yaml"));
    const ran = await laptop.run(["setup", "--json"], { now });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    const { error } = JSON.parse(ran.stderr);
    expect(error.code).toBe("setup-incomplete");
    expect(error.hints).toEqual([
      expect.stringContaining("kominfo init"),
      "kominfo auth login newsroom",
      "kominfo post new",
      expect.stringContaining("kominfo setup"),
    ]);
  });

  it("has nothing to say once all is there, and exits with 0", async () => {
    await post();
    const { token = "" } = await addPerson(newsroom.folder, { ...siti, token: true }, now());
    const env = { KOMINFO_NEWSROOM_TOKEN: token };
    const ran = await laptop.run(["setup", "--json"], { now, env });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(ran.stdout)).toEqual({ ready: true, missing: [] });
  });

  it("counts a login to another newsroom as none", async () => {
    await post();
    const { token = "" } = await addPerson(newsroom.folder, { ...siti, token: true }, now());
    await laptop.run(["auth", "login", "--with-token"], { stdin: token, now });
    const settings = path.join(laptop.workspace, "kominfo.yaml");
    const text = (await readFile(settings, "utf8")).replace(newsroom.url, "http://127.0.0.1:9");
    await rm(settings);
    await writeFile(settings, text);
    const ran = await laptop.run(["setup"], { now });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("kominfo auth login newsroom");
  });
});

describe("setup in a terminal", () => {
  it("goes from an empty folder to a login that the newsroom confirmed", async () => {
    await rm(path.join(laptop.workspace, "kominfo.yaml"));
    const { activation_code: code = "" } = await addPerson(newsroom.folder, siti, now());
    const ran = await laptop.run(["setup"], {
      now,
      typed: [
        ["Buat ruang kerja di", "y\r"],
        ["Kecamatan mana?", `${down.repeat(4)}\r`],
        ["Alamat ruang redaksi", `${newsroom.url}\r`],
        ["Bagaimana akun Anda", "\r"],
        [/\? Kode aktivasi/, `${code}\r`],
        ["Akun lain yang Anda kelola?", "\r"],
        ["Buat naskah pertama", "t\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("Ruang kerja Kecamatan Cibitung siap");
    expect(ran.stdout).toContain("Siti Aminah (operator, Cibitung) masuk ke");
    expect(ran.stderr).toContain('Akun ruang redaksi "default" berlaku');
    expect(ran.stdout).toContain("Naskah pertama: kominfo post new");
    expect(ran.stdout + ran.stderr).not.toContain(code);
  });

  it("run again does only what is missing", async () => {
    await post();
    const { token = "" } = await addPerson(newsroom.folder, { ...siti, token: true }, now());
    await laptop.run(["auth", "login", "--with-token"], { stdin: token, now });
    const ran = await laptop.run(["setup"], { now, typed: [["Akun lain yang Anda kelola?", "\r"]] });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe("✓ kominfo siap dipakai.\n");
    expect(ran.stderr).not.toContain("Kode aktivasi");
    expect(ran.stderr).toContain(
      `✓ Ruang redaksi: ${newsroom.url} (menggantinya: kominfo config set newsroom`,
    );
  });

  it("takes the accounts of an old laptop from a sealed bundle, and checks each", async () => {
    await post();
    const { token = "" } = await addPerson(newsroom.folder, { ...siti, token: true }, now());
    await laptop.run(["auth", "login", "--with-token"], { stdin: token, now });
    const bundle = path.join(laptop.home, "akun.age");
    const env = { KOMINFO_BUNDLE_PASSPHRASE_FILE: laptop.passphraseFile };
    expect(await laptop.run(["auth", "export", bundle], { now, env })).toMatchObject({ code: 0 });
    await rm(laptop.vault);
    const ran = await laptop.run(["setup"], {
      now,
      env,
      typed: [
        ["Bagaimana akun Anda", `${down}\r`],
        ["Letak berkas hasil ekspor", `${bundle}\r`],
        ["Simpan 1 akun", "y\r"],
        ["Akun lain yang Anda kelola?", "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("1 akun disimpan.");
    expect(ran.stderr).toContain('Akun ruang redaksi "default" berlaku');
    expect(ran.stdout).toContain("kominfo siap dipakai.");
  }, 120_000);

  it("offers to log in again where the newsroom no longer knows the login", async () => {
    await post();
    const old = await addPerson(newsroom.folder, { ...siti, token: true }, now());
    await laptop.run(["auth", "login", "--with-token"], { stdin: old.token, now });
    await changePerson(newsroom.folder, old.user.id, "revoke", now());
    const { activation_code: code = "" } = await addPerson(newsroom.folder, siti, now());
    const ran = await laptop.run(["setup"], {
      now,
      typed: [
        ["Masuk lagi ke ruang redaksi", "y\r"],
        [/\? Kode aktivasi/, `${code}\r`],
        ["Akun lain yang Anda kelola?", "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("menolak akun ini");
    expect(ran.stdout).toContain("Siti Aminah (operator, Cibitung) masuk ke");
  });

  it("asks for the folder, takes it as it is dragged, and says where to go on", async () => {
    await rm(path.join(laptop.workspace, "kominfo.yaml"));
    const folder = path.join(laptop.home, "berita kami");
    const ran = await laptop.run(["setup"], {
      now,
      typed: [
        ["Buat ruang kerja di", "t\r"],
        ["Folder untuk ruang kerja", `'${folder}' \r`],
        ["Kecamatan mana?", "\r"],
        ["Alamat ruang redaksi", "\r"],
        ["Bagaimana akun Anda", `${down}\r`],
        ["Buat naskah pertama", "t\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(await readFile(path.join(folder, "kominfo.yaml"), "utf8")).toContain("kecamatan:");
    expect(ran.stderr).toContain(`cd "${folder}"`);
    expect(ran.stdout).toMatch(
      new RegExp(`Alamat ruang redaksi:\\s+kominfo -C "${folder}" config set newsroom`),
    );
  });

  it("asks again for an address that was left empty, and keeps it", async () => {
    await post();
    const settings = path.join(laptop.workspace, "kominfo.yaml");
    await writeFile(settings, 'kecamatan: "32.16.07" # kami\n');
    const typed: Typed[] = [
      ["Alamat ruang redaksi", `${new URL(newsroom.url).host}\r`],
      ["Bagaimana akun Anda", `${down}${down}\r`],
    ];
    expect(await laptop.run(["setup"], { now, typed })).toMatchObject({ code: 0 });
    expect(await readFile(settings, "utf8")).toContain("# kami\n");
    expect(await laptop.json(["config", "get", "newsroom"])).toMatchObject({ value: newsroom.url });
  });

  it("asks again for an address at which no newsroom answers, before any code", async () => {
    await rm(path.join(laptop.workspace, "kominfo.yaml"));
    const { activation_code: code = "" } = await addPerson(newsroom.folder, siti, now());
    const ran = await laptop.run(["setup"], {
      now,
      typed: [
        ["Buat ruang kerja di", "y\r"],
        ["Kecamatan mana?", `${down.repeat(4)}\r`],
        ["Alamat ruang redaksi", "http://127.0.0.1:9\r"],
        [/127.0.0.1:9 tidak dapat dihubungi[\s\S]*tulis yang benar/, `${newsroom.url}\r`],
        ["Bagaimana akun Anda", "\r"],
        [/\? Kode aktivasi/, `${code}\r`],
        ["Akun lain yang Anda kelola?", "\r"],
        ["Buat naskah pertama", "t\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(`masuk ke ${newsroom.url}`);
    expect(ran.stdout.match(/Ruang kerja Kecamatan/g)).toHaveLength(1);
    expect(ran.stderr).not.toContain("Ruang kerja Kecamatan");
    expect(await laptop.json(["config", "get", "newsroom"])).toMatchObject({ value: newsroom.url });
  });

  it("run again asks for an address that does not answer, and keeps it on Enter without asking for a code", async () => {
    await post();
    await writeFile(
      path.join(laptop.workspace, "kominfo.yaml"),
      'kecamatan: "32.16.07"\nnewsroom: { kind: kominfo, url: "http://127.0.0.1:9" }\n',
    );
    const typed: Typed[] = [
      ["tulis yang benar", "\r"],
      [/Bagaimana akun Anda[^✓]*Nanti/, `${down}\r`],
    ];
    const ran = await laptop.run(["setup"], { now, typed });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("kominfo config set newsroom <alamat>");
    expect(ran.stderr).not.toContain("Masuk dengan kode aktivasi");
  });

  it("that is stopped before it did anything says that nothing has changed", async () => {
    const stopped = await laptop.run(["setup"], { now, typed: [["Bagaimana akun Anda", "\u0003"]] });
    expect(stopped).toMatchObject({ code: 130, stdout: "" });
    expect(stopped.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
  });

  it("asks again for a bundle that is none", async () => {
    await post();
    const typed: Typed[] = [
      ["Bagaimana akun Anda", `${down}\r`],
      ["Letak berkas", "/tidak/ada.age\r"],
      ["Tidak ada berkas di /tidak/ada.age", `\u0015"${path.join(laptop.workspace, "kominfo.yaml")}"\r`],
      [/kominfo.yaml bukan[\s\S]*\? Letak berkas/, "\u0003"],
    ];
    expect(await laptop.run(["setup"], { now, typed })).toMatchObject({ code: 130 });
  });

  it("takes a first post to its check", async () => {
    const { token = "" } = await addPerson(newsroom.folder, { ...siti, token: true }, now());
    const ran = await laptop.run(["setup"], {
      now,
      env: { KOMINFO_NEWSROOM_TOKEN: token },
      typed: [
        ["Akun lain yang Anda kelola?", "\r"],
        ["Buat naskah pertama", "y\r"],
        ["Naskah apa", "Pengumuman\r"],
        ["? Judul pengumuman", "Pelayanan Kantor Kecamatan Cibitung Pindah ke Gedung Serbaguna\r"],
        ["Isi pengumuman", "Mulai Senin, pelayanan dilakukan di gedung serbaguna.\r"],
        ["? Bagi siapa", "\r"],
        ["? Berlaku mulai", "\r"],
        ["? Berlaku sampai", "\r"],
        ["? Nomor surat", "\r"],
        [/\? .*lampiran/i, "\r"],
        ["? Ke mana warga", "\r"],
        ["? Kategori", "\r"],
        ["? Foto: berkas", "\r"],
        ["Simpan naskah ini?", "\r"],
        ["Buka isi naskah", "t\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("siap dikirim.");
    expect(ran.stdout).toContain("kominfo siap dipakai.");
  });

  it("that is stopped keeps what is done, and goes on there", async () => {
    await rm(path.join(laptop.workspace, "kominfo.yaml"));
    const stopped = await laptop.run(["setup"], {
      now,
      typed: [
        ["Buat ruang kerja di", "y\r"],
        ["Kecamatan mana?", "\r"],
        ["Alamat ruang redaksi", `${newsroom.url}\r`],
        ["Bagaimana akun Anda", "\u0003"],
      ],
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("Bila ada yang sudah selesai, itu tetap tersimpan.");
    const later: Typed[] = [
      ["Bagaimana akun Anda", `${down}${down}\r`],
      ["Buat naskah pertama", "t\r"],
    ];
    const again = await laptop.run(["setup"], { now, typed: later });
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("Akun ruang redaksi: kominfo auth login newsroom");
  });

  it("in the home asks for a folder at once, and names commands that work from there", async () => {
    await rm(laptop.workspace, { recursive: true });
    const folder = path.join(laptop.home, "berita kec");
    const typed: Typed[] = [
      ["Folder untuk ruang kerja", `${folder}\r`],
      ["Kecamatan mana?", "\r"],
      ["Alamat ruang redaksi", "\r"],
      ["Bagaimana akun Anda", `${down}\r`],
      ["Buat naskah pertama", "y\r"],
      ["Naskah apa", "Pengumuman\r"],
      ["? Judul pengumuman", "Kantor Kecamatan Cibitung Libur\r"],
      ["Isi pengumuman", "\u0003"],
    ];
    const stopped = await laptop.run(["setup"], { now, cwd: laptop.home, typed });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).not.toContain("Buat ruang kerja di");
    expect(stopped.stderr.replace(/\s+/g, " ")).toContain(`kominfo -C "${folder}" post new`);
  });

  it("in the home offers the workspace that was made before, and makes no second one", async () => {
    await post();
    const typed: Typed[] = [
      [`Pakai ruang kerja Anda di ${laptop.workspace}?`, "\r"],
      ["Bagaimana akun Anda", `${down}${down}\r`],
    ];
    const ran = await laptop.run(["setup"], { now, cwd: laptop.home, typed });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(`kominfo -C ${laptop.workspace} auth login newsroom`);
    expect(existsSync(path.join(laptop.home, "kominfo.yaml"))).toBe(false);
  });

  it("lets a person choose among several, or make another", async () => {
    await post();
    const second = path.join(laptop.home, "kedua");
    const made = await laptop.run(["init", second, "--kecamatan", "Setu"], { now, cwd: laptop.home });
    expect(made.code).toBe(0);
    const typed: Typed[] = [
      [/Ruang kerja yang mana\?\s+❯ \S+kedua\s+\S+berita\s+Buat yang baru/, "\u001b[B\u001b[B\r"],
      ["Folder untuk ruang kerja", "\u0003"],
    ];
    expect(await laptop.run(["setup"], { now, cwd: laptop.home, typed })).toMatchObject({ code: 130 });
  });
});

describe("a command outside of any workspace", () => {
  it("is named for the workspace of this computer, as it can be typed", async () => {
    await post();
    const ran = await laptop.run(["post", "check", "Camat Buka", "--json"], { now, cwd: laptop.home });
    expect(ran.code).toBe(2);
    const { code, hints } = JSON.parse(ran.stderr).error;
    expect(code).toBe("workspace-missing");
    expect(hints[0]).toBe(`kominfo -C ${laptop.workspace} post check "Camat Buka" --json`);
    expect(hints[1]).toMatch(new RegExp(`: cd ${laptop.workspace}$`));
  });

  it("keeps the files it was typed with", async () => {
    await post();
    await writeFile(path.join(laptop.home, "a b.jpg"), "");
    const ran = await laptop.run(["post", "attach", "camat", "a b.jpg"], { now, cwd: laptop.home });
    expect(ran.stderr).toContain(
      `kominfo -C ${laptop.workspace} post attach camat "${path.join(laptop.home, "a b.jpg")}"`,
    );
  });
});
