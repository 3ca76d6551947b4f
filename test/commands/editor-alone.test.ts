import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCredentials } from "../../src/credentials/store.js";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { hashQuickly } from "../support/hashing.js";
import type { Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

hashQuickly();

let newsroom: TestNewsroom;
let laptop: Laptop;
/** A folder that is no workspace, and lies in none. */
let cwd: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());
beforeEach(async () => {
  laptop = await openLaptop(newsroom.url);
  cwd = path.join(laptop.home, "surat");
  await mkdir(cwd);
});
afterEach(() => laptop.remove());

const now = () => newsroom.clock.now;
const run = (argv: string[], env = {}) => laptop.run(argv, { cwd, now, env });

/** Saves a login as `auth login newsroom --url` does. */
async function logIn(origin: string, token: string): Promise<void> {
  const credentials = createCredentials({
    vaultPath: laptop.vault,
    environment: { KOMINFO_PASSPHRASE_FILE: laptop.passphraseFile },
    now,
    onSecret: () => {},
  });
  await credentials.save({
    ...{ service: "newsroom", account: "default", origin, kind: "personal" },
    secret: { token },
  });
}

describe("an editor without a workspace", () => {
  it("reads the queue of the only newsroom that they have a login to", async () => {
    await logIn(newsroom.url, await newsroom.token("editor"));
    const ran = await run(["review", "list"]);
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
  });

  it("is told by doctor of the login and the newsroom, and lacks nothing", async () => {
    await logIn(newsroom.url, await newsroom.token("editor"));
    const ran = await run(["doctor"]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("✓ Bukan di ruang kerja");
    expect(ran.stdout).toContain(`Alamat ruang redaksi: ${newsroom.url}`);
    expect(ran.stdout).toMatch(/✓ .*\(editor\) masuk ke/);
  });

  it("finds the steps of a review in the menu, and chooses the submission there", async () => {
    await logIn(newsroom.url, await newsroom.token("editor"));
    const id = await as(newsroom, await newsroom.token("operator")).submit();
    const question = "Apa yang ingin Anda lakukan?";
    const left = await laptop.run([], { cwd, now, typed: [[question, "Keluar\r"]] });
    for (const verb of ["list", "show", "claim", "approve", "return", "reject", "publish"])
      expect(left.stderr).toContain(`kominfo review ${verb}`);
    expect(left.stderr).toContain("kominfo desk");
    const typed: Typed[] = [
      [question, "Membaca naskah\r"],
      ["Naskah yang mana?", "\r"],
    ];
    const ran = await laptop.run([], { cwd, now, typed });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain(id);
    const none = await laptop.run([], { cwd, now, typed: [[question, "Menyetujui naskah\r"]] });
    expect(none.stderr).toContain("Tidak ada naskah.");
  });

  it("with logins to two newsrooms names one with --url, and nothing is sent to either", async () => {
    await logIn(newsroom.url, await newsroom.token("editor"));
    await logIn("http://127.0.0.1:9", "kominfo_tokenLain");
    const ran = await run(["review", "list"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`--url ${newsroom.url}`);
    expect(ran.stderr).toContain("--url http://127.0.0.1:9");
    expect((await run(["review", "list", "--url", newsroom.url])).code).toBe(0);
    expect((await run(["doctor"])).stdout).toContain("✓ Bukan di ruang kerja. Anda punya login di beberapa");
  });

  it("with none is told to log in, and not to make a workspace or a setting", async () => {
    const ran = await run(["review", "list", "--json"]);
    expect(ran.code).toBe(2);
    const { code, hints } = JSON.parse(ran.stderr).error;
    expect(code).toBe("newsroom-unset");
    expect(hints).toEqual([
      "Tambahkan --url <alamat>",
      "atau masuk dulu: kominfo auth login newsroom --url <alamat>",
    ]);
    expect((await run(["doctor"])).stdout).toContain("✗ Folder ini bukan ruang kerja");
  });

  it("never has a token of the environment sent to the address of another login", async () => {
    await logIn(newsroom.url, await newsroom.token("editor"));
    const ran = await run(["review", "list", "--json"], { KOMINFO_NEWSROOM_TOKEN: "kominfo_tokenLain" });
    expect(JSON.parse(ran.stderr).error.code).toBe("newsroom-unset");
  });

  it("logs in at no address but one that is named", async () => {
    await logIn(newsroom.url, await newsroom.token("editor"));
    const ran = await laptop.run(["auth", "login", "--with-token", "--json"], {
      cwd,
      now,
      stdin: "kominfo_x",
    });
    expect(JSON.parse(ran.stderr).error.code).toBe("newsroom-unset");
  });

  it("types no passphrase by an Enter too many", async () => {
    await logIn(newsroom.url, await newsroom.token("editor"));
    const ran = await laptop.run(["review", "list"], {
      ...{ cwd, now },
      env: { KOMINFO_PASSPHRASE_FILE: "" },
      typed: [
        ["Frasa sandi brankas", "\r"],
        [/belum diketik[\s\S]*Frasa sandi brankas/, "\r"],
        [/belum diketik[\s\S]*Frasa sandi brankas/, "\r"],
        [/belum diketik[\s\S]*Frasa sandi brankas/, "kuda baterai staples benar\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toContain("Frasa sandi salah");
  });
});
