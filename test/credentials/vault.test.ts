import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  createUnlocked,
  openEntries,
  parseVault,
  sealEntries,
  type UnlockedVault,
  unlockHeader,
  type VaultEntry,
} from "../../src/credentials/vault/sealed.js";
import { readVault } from "../../src/credentials/vault/vault.js";
import { KominfoError } from "../../src/errors/errors.js";
import { compile, runChild } from "../files/compiled.js";
import { login, makePlace, type Place, passphrase, redaksi } from "./place.js";

const posix = process.platform !== "win32";
let place: Place;
beforeEach(async () => {
  place = await makePlace();
});
afterEach(() => place.remove());

describe("the sealed format", () => {
  const entry: VaultEntry = { ...login(), obtained_at: "2026-03-01T08:00:00.000Z" };
  let unlocked: UnlockedVault;
  beforeAll(async () => {
    unlocked = await createUnlocked(passphrase, 2);
  });

  /** As a run reads it: parse, derive the key, open. */
  const open = async (text: string) => {
    const sealed = parseVault(text, "vault.json");
    const { key } = await unlockHeader(sealed.header, passphrase, "vault.json");
    return openEntries(sealed, key, "vault.json");
  };

  test("gives back what was sealed", async () => {
    expect(await open(sealEntries(unlocked, [entry]))).toEqual([entry]);
  });

  test("shows no secret, account or address", () => {
    const text = sealEntries(unlocked, [entry]);
    for (const value of ["knr_rahasia-sekali", "redaksi", "newsroom", "default", passphrase]) {
      expect(text).not.toContain(value);
      expect(text).not.toContain(Buffer.from(value).toString("base64").replace(/=+$/, ""));
    }
  });

  test("takes a fresh IV at every write", () => {
    const ivs = Array.from({ length: 50 }, () => parseVault(sealEntries(unlocked, [entry]), "vault.json").iv);
    expect(new Set(ivs).size).toBe(50);
  });

  test("with any bit flipped is refused, or still opens to exactly what was sealed", async () => {
    const bytes = Buffer.from(sealEntries(unlocked, [entry]));
    const flip = fc.tuple(fc.nat(bytes.length - 1), fc.nat(7));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 3 }), async (flips) => {
        const changed = Buffer.from(bytes);
        for (const [at, bit] of flips) changed[at] = changed[at]! ^ (1 << bit);
        try {
          expect(await open(changed.toString("utf8"))).toEqual([entry]);
        } catch (error) {
          expect(error).toBeInstanceOf(KominfoError);
          expect((error as KominfoError).code).toMatch(/^vault-(damaged|tampered|wrong-passphrase|too-new)$/);
        }
      }),
      { seed: 17, numRuns: 1500 },
    );
  });

  /** Another valid value of the same kind, as someone would write who knows the format. */
  const other = (value: string) => {
    const bytes = Buffer.from(value, "base64");
    bytes[0] = bytes[0]! ^ 1;
    return bytes.toString("base64");
  };
  test.each([
    ["iv", "vault-tampered"],
    ["tag", "vault-tampered"],
    ["ciphertext", "vault-tampered"],
  ] as const)("with another %s is refused by %s", async (field, code) => {
    const sealed = parseVault(sealEntries(unlocked, [entry]), "vault.json");
    const changed = { ...sealed, [field]: other(sealed[field]) };
    await expect(open(JSON.stringify(changed))).rejects.toMatchObject({ code, exit: 1 });
  });

  test("holds its header too: one of the same key, written otherwise, is refused", async () => {
    const sealed = parseVault(sealEntries(unlocked, [entry]), "vault.json");
    // The last character of 16 bytes in base64 carries four bits that nobody reads.
    const { unlock } = sealed.header;
    if (unlock.method !== "passphrase") throw new Error("sealed by a passphrase above");
    const { salt } = unlock;
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const last = alphabet[alphabet.indexOf(salt.at(-3)!) ^ 1]!;
    const twin = `${salt.slice(0, -3)}${last}==`;
    expect(Buffer.from(twin, "base64")).toEqual(Buffer.from(salt, "base64"));
    const header = { ...sealed.header, unlock: { ...unlock, salt: twin } };
    await expect(open(JSON.stringify({ ...sealed, header }))).rejects.toMatchObject({
      code: "vault-tampered",
    });
  });

  test.each([
    ["n", 3],
    ["n", 2 ** 19],
    ["n", 0],
    ["r", 1024],
    ["p", 64],
    ["method", "none"],
    ["method", "keychain"],
  ])("asking for %s=%s is refused before any work is done for it", async (field, value) => {
    const sealed = parseVault(sealEntries(unlocked, [entry]), "vault.json");
    const header = { ...sealed.header, unlock: { ...sealed.header.unlock, [field]: value } };
    await expect(open(JSON.stringify({ ...sealed, header }))).rejects.toMatchObject({
      code: "vault-damaged",
    });
  });

  test("with a tag cut short is refused", async () => {
    const sealed = parseVault(sealEntries(unlocked, [entry]), "vault.json");
    const tag = Buffer.from(sealed.tag, "base64").subarray(0, 4).toString("base64");
    await expect(open(JSON.stringify({ ...sealed, tag }))).rejects.toMatchObject({ code: "vault-damaged" });
  });

  test("of a later version says that kominfo is to be updated", async () => {
    const later = { header: { format: "kominfo-vault", version: 2, unlock: { method: "moonlight" } } };
    await expect(open(JSON.stringify(later))).rejects.toMatchObject({ code: "vault-too-new", exit: 1 });
  });

  test.each(["", "{", "null", "[]", "{}", '{"header":{}}'])(
    "that is %j is refused as damaged",
    async (text) => {
      await expect(open(text)).rejects.toMatchObject({ code: "vault-damaged", exit: 1 });
    },
  );
});

describe("the vault file", () => {
  test("that is missing is no error", async () => {
    expect(await readVault(place.vaultPath)).toBeUndefined();
  });

  test.skipIf(!posix)("is 0600 in a folder 0700, also where the folder was looser", async () => {
    await mkdir(place.folder, { recursive: true, mode: 0o755 });
    await place.run().save(login());
    expect((await stat(place.vaultPath)).mode & 0o777).toBe(0o600);
    expect((await stat(place.folder)).mode & 0o777).toBe(0o700);
  });

  /** Reading, saving and forgetting are all refused by `code`, and the file stays as it is. */
  async function isRefusedAndKept(code: string, options = {}) {
    const before = await readFile(place.vaultPath);
    for (const attempt of [
      () => place.run(options).get("newsroom", redaksi),
      () => place.run(options).unlock(),
      () => place.run(options).save(login({ account: "kedua" })),
      () => place.run(options).remove("newsroom"),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code });
    }
    expect(await readFile(place.vaultPath)).toEqual(before);
  }

  test.skipIf(!posix).each([0o640, 0o604, 0o644, 0o620])("with mode %o is refused and kept", async (mode) => {
    await place.run().save(login());
    await chmod(place.vaultPath, mode);
    await isRefusedAndKept("vault-loose-permissions");
    expect((await stat(place.vaultPath)).mode & 0o777).toBe(mode);
    expect(await place.run().status()).toMatchObject({ state: "damaged" });
  });

  test.skipIf(!posix)(
    "that is a symbolic link is refused, and neither it nor its target is touched",
    async () => {
      await place.run().save(login());
      const real = path.join(place.folder, "elsewhere.json");
      await rename(place.vaultPath, real);
      await symlink(real, place.vaultPath);
      await isRefusedAndKept("vault-symlink");
      await rm(real);
      await expect(place.run().save(login())).rejects.toMatchObject({ code: "vault-symlink" });
    },
  );

  test.skipIf(!posix).each([0o720, 0o702, 0o777])(
    "in a folder with mode %o is refused and kept, and so is a new one",
    async (mode) => {
      await place.run().save(login());
      await chmod(place.folder, mode);
      await isRefusedAndKept("vault-folder-loose");
      expect((await stat(place.folder)).mode & 0o777).toBe(mode);
      expect(await place.run().status()).toMatchObject({ problem: { params: { mode: "700" } } });
      await rm(place.vaultPath);
      await expect(place.run().save(login())).rejects.toMatchObject({ code: "vault-folder-loose" });
      expect(await readdir(place.folder)).toEqual(["audit.jsonl"]);
    },
  );

  test.skipIf(!posix)(
    "below a folder in which anyone may rename is refused, with the one to close",
    async () => {
      await place.run().save(login());
      const above = path.dirname(place.folder);
      await chmod(above, 0o777);
      await isRefusedAndKept("vault-folder-loose");
      expect(await place.run().status()).toMatchObject({
        problem: { params: { path: await realpath(above), mode: "o-w" } },
      });
      await chmod(above, 0o1777);
      expect(await place.run().status()).toMatchObject({ state: "ok" });
    },
  );

  test.skipIf(!posix)("in a folder that is a link is refused, and nothing is written there", async () => {
    await place.run().save(login());
    const real = `${place.folder}-asli`;
    await rename(place.folder, real);
    await symlink(real, place.folder);
    const before = await readdir(real);
    await isRefusedAndKept("vault-folder-linked");
    expect(await readdir(real)).toEqual(before);
  });

  test.skipIf(!posix)("below a folder that is a link is used, as with dotfiles", async () => {
    const above = path.dirname(place.folder);
    await mkdir(`${above}-asli`);
    await symlink(`${above}-asli`, above);
    await place.run().save(login());
    expect(await place.run().status()).toMatchObject({ state: "ok" });
    await rm(`${above}-asli`, { recursive: true });
  });

  test.skipIf(process.getuid?.() !== 0)("in the folder of another user is refused", async () => {
    await place.run().save(login());
    await chown(place.folder, 12_345, 12_345);
    await isRefusedAndKept("vault-folder-foreign");
  });

  test("that is damaged is refused and kept", async () => {
    await place.run().save(login());
    await writeFile(place.vaultPath, (await readFile(place.vaultPath, "utf8")).slice(0, -20));
    await isRefusedAndKept("vault-damaged");
  });

  test("that was tampered with is refused and kept, and status says so without asking", async () => {
    await place.run().save(login());
    const sealed = JSON.parse(await readFile(place.vaultPath, "utf8"));
    const ciphertext = Buffer.from(sealed.ciphertext, "base64");
    ciphertext[0] = ciphertext[0]! ^ 1;
    await writeFile(
      place.vaultPath,
      JSON.stringify({ ...sealed, ciphertext: ciphertext.toString("base64") }),
    );
    await isRefusedAndKept("vault-tampered");
    expect(await place.run().status()).toMatchObject({
      state: "damaged",
      problem: { code: "vault-tampered" },
    });
  });

  test("is kept when the passphrase is wrong", async () => {
    await place.run().save(login());
    await writeFile(place.passphraseFile, "bukan yang itu");
    await isRefusedAndKept("vault-wrong-passphrase");
    expect(await place.run().status()).toMatchObject({
      state: "locked",
      problem: { code: "vault-wrong-passphrase" },
    });
  });

  test.skipIf(!posix || process.getuid?.() === 0)("in a folder that cannot be written says so", async () => {
    await place.run().save(login());
    await chmod(place.folder, 0o500);
    await expect(place.run().save(login())).rejects.toMatchObject({ code: "vault-unwritable" });
  });

  test("whose folder's name is taken by a file says so", async () => {
    await mkdir(path.dirname(place.folder));
    await writeFile(place.folder, "");
    await expect(place.run().save(login())).rejects.toMatchObject({ code: "vault-unwritable", exit: 1 });
  });

  test("rids itself of what a killed writer left, and of nothing else", async () => {
    await mkdir(place.folder, { recursive: true });
    await writeFile(path.join(place.folder, ".vault.json.0123456789ab.tmp"), "left");
    const waiting = JSON.stringify({ host: hostname(), pid: process.pid, id: "waits for the lock" });
    await writeFile(path.join(place.folder, ".vault.json.lock.0123456789ab.tmp"), waiting);
    await place.run().save(login());
    expect((await readdir(place.folder)).sort()).toEqual([
      ".vault.json.lock.0123456789ab.tmp",
      "audit.jsonl",
      "vault.json",
    ]);
  });
});

describe("several processes", () => {
  let compiled: Awaited<ReturnType<typeof compile>>;
  beforeAll(async () => {
    compiled = await compile("credentials/store.ts");
  });
  afterAll(() => compiled.remove());

  const saver = (prefix: string, start: number, count: number) =>
    runChild(path.join(import.meta.dirname, "child", "save.mjs"), [
      compiled.folder,
      place.vaultPath,
      place.passphraseFile,
      prefix,
      String(start),
      String(count),
    ]);
  const storedAccounts = async () => (await place.run().list()).map(({ account }) => account);

  test("that make the vault and save to it at once lose nothing", async () => {
    const children = ["a", "b", "c"].map((prefix) => saver(prefix, 0, 6));
    expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0, 0]);
    const expected = ["a", "b", "c"].flatMap((prefix) => [0, 1, 2, 3, 4, 5].map((n) => `${prefix}-${n}`));
    expect((await storedAccounts()).sort()).toEqual(expected);
    expect((await readFile(place.auditPath, "utf8")).trim().split("\n")).toHaveLength(18);
  });
});
