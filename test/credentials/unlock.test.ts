import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configuredPassphrase, splitWords } from "../../src/credentials/vault/passphrase.js";
import { createUnlocked, unlockHeader } from "../../src/credentials/vault/sealed.js";
import { chosenStore, passphraseUnlocker } from "../../src/credentials/vault/unlock.js";
import { quickCost } from "./place.js";

const posix = process.platform !== "win32";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo unlock-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(content: string, mode = 0o600): Promise<string> {
  const file = path.join(folder, `p${(await readdir(folder)).length}`);
  await writeFile(file, content, { mode });
  if (posix) await chmod(file, mode);
  return file;
}
const fromFile = async (content: string, mode?: number) =>
  configuredPassphrase({ KOMINFO_PASSPHRASE_FILE: await fileOf(content, mode) });

describe("KOMINFO_PASSPHRASE_FILE", () => {
  test.each([
    ["empat kata acak saja\n", "empat kata acak saja"],
    ["empat kata acak saja\r\n", "empat kata acak saja"],
    ["empat kata acak saja", "empat kata acak saja"],
    ["spasi di ujung \n\n", "spasi di ujung \n"],
    ["\ufeffdari Notepad", "dari Notepad"],
  ])("%j holds %j: one newline at the end is not part of it", async (content, expected) => {
    expect(await fromFile(content)).toBe(expected);
  });

  test.skipIf(!posix).each([0o640, 0o604, 0o644, 0o660])(
    "that others can open (mode %o) is refused, with the chmod that mends it",
    async (mode) => {
      await expect(fromFile("empat kata acak saja", mode)).rejects.toMatchObject({
        code: "passphrase-file-loose",
        exit: 2,
      });
    },
  );

  test("that is empty, missing, a folder, or huge is refused by name", async () => {
    await expect(fromFile("\n")).rejects.toMatchObject({ code: "passphrase-empty", exit: 2 });
    await expect(fromFile("x".repeat(70_000))).rejects.toMatchObject({ code: "passphrase-file-unreadable" });
    const missing = path.join(folder, "missing");
    await expect(configuredPassphrase({ KOMINFO_PASSPHRASE_FILE: missing })).rejects.toMatchObject({
      code: "passphrase-file-unreadable",
      params: { path: missing, reason: "ENOENT" },
    });
    await expect(configuredPassphrase({ KOMINFO_PASSPHRASE_FILE: folder })).rejects.toHaveProperty("exit", 2);
  });
});

describe("KOMINFO_PASSPHRASE_COMMAND", () => {
  const node = `"${process.execPath}"`;
  const fromCommand = (command: string, more: Record<string, string> = {}, limitMs?: number) =>
    configuredPassphrase({ ...process.env, ...more, KOMINFO_PASSPHRASE_COMMAND: command }, limitMs);

  test("gives the first line that it prints", async () => {
    expect(await fromCommand(`${node} -p "'empat kata\\r\\nlebih'"`)).toBe("empat kata");
  });

  test("splits at spaces, and quotes hold words together; backslashes are only backslashes", () => {
    expect(splitWords(`  "C:\\Program Files\\x.exe" --a='b c'd "" e\\ f`)).toEqual([
      "C:\\Program Files\\x.exe",
      "--a=b cd",
      "",
      "e\\",
      "f",
    ]);
  });

  test.each(["pass 'show", '"', " ", '""'])("%j is refused as unreadable", async (command) => {
    await expect(fromCommand(command)).rejects.toMatchObject({ code: "passphrase-command-invalid", exit: 2 });
  });

  test("that fails is reported by program and exit code, never by what it printed or by its arguments", async () => {
    const failure = await fromCommand(
      `${node} -e "console.log('RAHASIA');console.error('RAHASIA');process.exit(3)"`,
    ).catch((error) => error);
    expect(failure).toMatchObject({
      code: "passphrase-command-failed",
      params: { program: process.execPath, reason: "exit 3" },
    });
    expect(failure.cause).toBeUndefined();
    expect(JSON.stringify(failure) + failure.stack).not.toContain("RAHASIA");
  });

  test("that does not exist is reported", async () => {
    await expect(fromCommand("kominfo-no-such-program")).rejects.toMatchObject({
      code: "passphrase-command-failed",
      params: { program: "kominfo-no-such-program", reason: "ENOENT" },
    });
  });

  test("that hangs is stopped when its time is over", async () => {
    await expect(fromCommand(`${node} -e "setInterval(() => {}, 1000)"`, {}, 300)).rejects.toMatchObject({
      code: "passphrase-command-slow",
    });
  });

  test("that prints without end is stopped", async () => {
    const endless = `${node} -e "for(;;) require('fs').writeSync(1, 'x'.repeat(9999))"`;
    await expect(fromCommand(endless)).rejects.toMatchObject({ code: "passphrase-command-failed" });
  });

  test("that prints nothing is refused", async () => {
    await expect(fromCommand(`${node} -e 0`)).rejects.toMatchObject({ code: "passphrase-empty" });
  });

  test("does not inherit a service's secret", async () => {
    const command = `${node} -p "'token: ' + process.env.KOMINFO_NEWSROOM_TOKEN"`;
    expect(await fromCommand(command, { KOMINFO_NEWSROOM_TOKEN: "rahasia" })).toBe("token: undefined");
  });

  test("is not asked where a file is named", async () => {
    const file = await fileOf("dari berkas");
    expect(await fromCommand("kominfo-no-such-program", { KOMINFO_PASSPHRASE_FILE: file })).toBe(
      "dari berkas",
    );
  });
});

describe("the passphrase", () => {
  const unlocker = (answers: string[], asked: unknown[] = []) =>
    passphraseUnlocker({
      environment: {},
      askPassphrase: async (question) => {
        asked.push(question);
        return answers.shift() ?? "";
      },
      onSecret: () => {},
      scryptCost: quickCost,
    });

  test("is asked for again when it was wrong, three times at most", async () => {
    const { header } = await createUnlocked("yang benar", quickCost);
    const asked: unknown[] = [];
    await unlocker(["salah", "yang benar"], asked).open(header, "vault.json");
    expect(asked).toEqual([
      { confirm: false, again: false },
      { confirm: false, again: true },
    ]);
    await expect(unlocker(["a", "b", "c", "yang benar"]).open(header, "vault.json")).rejects.toMatchObject({
      code: "vault-wrong-passphrase",
      exit: 4,
      // Nothing but the person gave it.
      params: { path: "vault.json" },
    });
  });

  test("of a new vault is asked for with confirmation and has eight characters", async () => {
    const asked: unknown[] = [];
    await expect(unlocker(["tujuh77"], asked).create()).rejects.toMatchObject({
      code: "passphrase-too-short",
      params: { minimum: 8 },
    });
    expect(asked).toEqual([{ confirm: true, again: false }]);
    await expect(unlocker(["delapan8"]).create()).resolves.toBeDefined();
  });

  test("is missing where no file, no command and nobody is there: KOMINFO_PASSPHRASE_FILE is named, exit 2", async () => {
    const nobody = passphraseUnlocker({ environment: {}, onSecret: () => {} });
    await expect(nobody.create()).rejects.toMatchObject({ code: "passphrase-source-missing", exit: 2 });
  });

  test("opens however its accents were typed", async () => {
    const { header, key } = await createUnlocked("caf\u00e9 sederhana", quickCost);
    expect((await unlockHeader(header, "cafe\u0301 sederhana", "vault.json")).key).toEqual(key);
  });

  test("goes through scrypt at N=2^17 unless a test says otherwise", async () => {
    const { header, key } = await createUnlocked("empat kata acak saja");
    expect(header.unlock).toMatchObject({ kdf: "scrypt", n: 131072, r: 8, p: 1 });
    expect((await unlockHeader(header, "empat kata acak saja", "vault.json")).key).toEqual(key);
  });
});

describe("KOMINFO_STORE", () => {
  test.each([
    [undefined, undefined],
    ["", undefined],
    ["passphrase", "passphrase"],
    ["env", "env"],
    ["keychain", "keychain"],
  ])("%j chooses %s", (value, store) => {
    expect(chosenStore({ KOMINFO_STORE: value })).toBe(store);
  });

  test.each(["KOMINFO_PASSPHRASE_FILE", "KOMINFO_PASSPHRASE_COMMAND"])(
    "need not be set where %s is: that is a choice, too",
    (variable) => {
      expect(chosenStore({ [variable]: "x" })).toBe("passphrase");
      expect(chosenStore({ [variable]: "x", KOMINFO_STORE: "keychain" })).toBe("keychain");
    },
  );

  test("with anything else is a usage error", () => {
    expect(() => chosenStore({ KOMINFO_STORE: "plaintext" })).toThrow(
      expect.objectContaining({ code: "store-unknown", exit: 2 }),
    );
  });
});
