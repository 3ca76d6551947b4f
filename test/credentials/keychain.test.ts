import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CredentialsOptions } from "../../src/credentials/store.js";
import { type Keychain, systemKeychain } from "../../src/credentials/vault/keychain.js";
import { denied, type KominfoError, temporary } from "../../src/errors/errors.js";
import { folderKeychain } from "./child/folder-keychain.mjs";
import { login, makePlace, type Place, passphrase, redaksi } from "./place.js";

let place: Place;
let keyring: string;
beforeEach(async () => {
  place = await makePlace();
  keyring = path.join(place.folder, "..", "keyring");
});
afterEach(() => place.remove());

const run = (options: Partial<CredentialsOptions> = {}) =>
  place.run({ keychain: folderKeychain(keyring), environment: { KOMINFO_STORE: "keychain" }, ...options });
const items = async () => (existsSync(keyring) ? await readdir(keyring) : []);
const header = async () => JSON.parse(await readFile(place.vaultPath, "utf8")).header;

/** A keyring that answers every request so, and counts them. */
function failing(error: KominfoError): Keychain & { asked: number } {
  const refuse = async () => {
    keychain.asked++;
    throw error;
  };
  const keychain = { asked: 0, get: refuse, set: refuse, remove: refuse };
  return keychain;
}

describe("a vault of the keychain", () => {
  test("is made with one item, named after the vault, and opens in the next run without asking", async () => {
    await run().save(login());
    expect(await header()).toMatchObject({ unlock: { method: "keychain" }, id: (await items())[0] });
    expect(await items()).toHaveLength(1);
    const later = run({ environment: {} });
    expect((await later.get("newsroom", redaksi)).secret).toEqual(login().secret);
    expect(await later.status()).toMatchObject({ unlock: "keychain", state: "ok" });
  });

  test("is opened as its header says, whatever KOMINFO_STORE or a passphrase would choose for a new one", async () => {
    await run().save(login());
    const other = { KOMINFO_STORE: "passphrase", KOMINFO_PASSPHRASE_FILE: place.passphraseFile };
    await run({ environment: other }).save(login({ account: "kedua" }));
    expect(await run().list()).toHaveLength(2);
  });

  test("shows its key to the scrubber only", async () => {
    await run().save(login());
    const [id = ""] = await items();
    const key = await readFile(path.join(keyring, id), "base64");
    expect(place.heard).toContain(key);
    expect(await readFile(place.vaultPath, "utf8")).not.toContain(key);
  });

  test.each([
    ["is gone", undefined],
    ["is another's", Buffer.alloc(32)],
    ["is no key", Buffer.from("x")],
  ])("whose key %s stays shut and is kept", async (_, key) => {
    await run().save(login());
    const before = await readFile(place.vaultPath);
    const keychain: Keychain = { ...folderKeychain(keyring), get: async () => key };
    await expect(run({ keychain }).get("newsroom", redaksi)).rejects.toMatchObject({
      code: "keychain-key-missing",
      exit: 4,
    });
    expect(await run({ keychain }).status()).toMatchObject({ state: "locked" });
    expect(await readFile(place.vaultPath)).toEqual(before);
  });

  test("is locked, not damaged and not empty, while the keyring is; which is asked once in a run", async () => {
    await run().save(login());
    const keychain = failing(denied("keychain-locked"));
    const later = run({ keychain });
    expect(await later.status()).toMatchObject({ state: "locked", problem: { code: "keychain-locked" } });
    await expect(later.get("newsroom", redaksi)).rejects.toMatchObject({ code: "keychain-locked" });
    await expect(later.list()).rejects.toMatchObject({ code: "keychain-locked" });
    expect(keychain.asked).toBe(1);
  });

  test("is not made where the keyring does not work", async () => {
    const keychain = failing(temporary("keychain-silent", { seconds: 3 }));
    await expect(run({ keychain }).unlock()).rejects.toMatchObject({ code: "keychain-silent", exit: 5 });
    expect(existsSync(place.vaultPath)).toBe(false);
  });
});

describe("the choice of a new vault", () => {
  const chosen = (answers: ("keychain" | "passphrase")[], problems: unknown[] = []) => ({
    environment: {},
    askPassphrase: async () => passphrase,
    askStore: async ({ problem }: { problem: KominfoError | undefined }) => {
      problems.push(problem?.code);
      return answers.shift()!;
    },
  });

  test.each(["keychain", "passphrase"] as const)("is a person's: %s", async (method) => {
    await run(chosen([method])).save(login());
    expect((await header()).unlock.method).toBe(method);
  });

  test("stays open where the keychain they chose does not work, and explains why", async () => {
    const problems: unknown[] = [];
    const keychain = failing(denied("keychain-locked"));
    await run({ ...chosen(["keychain", "passphrase"], problems), keychain }).save(login());
    expect(problems).toEqual([undefined, "keychain-locked"]);
    expect((await header()).unlock.method).toBe("passphrase");
  });

  test("is never silent: with nobody to ask it is an error that names the variable", async () => {
    await expect(run({ environment: {} }).save(login())).rejects.toMatchObject({
      code: "passphrase-source-missing",
      exit: 2,
    });
    expect(existsSync(place.vaultPath)).toBe(false);
    expect(await items()).toEqual([]);
  });
});

describe("moving the vault", () => {
  const both = { environment: { KOMINFO_PASSPHRASE_FILE: "" } };
  beforeEach(async () => {
    both.environment.KOMINFO_PASSPHRASE_FILE = place.passphraseFile;
  });

  test("to the keychain and back keeps what is in it, its name, and no key behind", async () => {
    await run(both).save(login());
    const { id } = await header();
    expect(await run(both).move("keychain")).toEqual({ changed: true });
    expect(await header()).toMatchObject({ id, unlock: { method: "keychain" } });
    expect(await items()).toEqual([id]);
    // The passphrase opens it no more, and is not needed any more.
    await writeFile(place.passphraseFile, "yang lain sama sekali");
    expect((await run(both).get("newsroom", redaksi)).secret).toEqual(login().secret);

    expect(await run(both).move("passphrase")).toEqual({ changed: true });
    expect(await header()).toMatchObject({ id, unlock: { method: "passphrase" } });
    expect(await items()).toEqual([]);
    expect((await run(both).get("newsroom", redaksi)).secret).toEqual(login().secret);
    expect((await stat(place.vaultPath)).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
  });

  test("seals it under a new key each time", async () => {
    await run(both).save(login());
    const checks = new Set([(await header()).check]);
    for (const method of ["keychain", "passphrase", "keychain"] as const) {
      await run(both).move(method);
      checks.add((await header()).check);
    }
    expect(checks.size).toBe(4);
  });

  test("to where it is changes nothing", async () => {
    await run().save(login());
    const before = await readFile(place.vaultPath);
    expect(await run().move("keychain")).toEqual({ changed: false });
    expect(await readFile(place.vaultPath)).toEqual(before);
  });

  test("where there is none makes an empty one", async () => {
    expect(await run({ environment: {} }).move("keychain")).toEqual({ changed: true });
    expect(await run().list()).toEqual([]);
    expect(await run().status()).toMatchObject({ unlock: "keychain", state: "ok" });
  });

  test("to a keychain that does not work leaves it as it was", async () => {
    await run(both).save(login());
    const before = await readFile(place.vaultPath);
    const keychain = failing(denied("keychain-locked"));
    await expect(run({ ...both, keychain }).move("keychain")).rejects.toMatchObject({
      code: "keychain-locked",
    });
    expect(await readFile(place.vaultPath)).toEqual(before);
  });

  test("to a passphrase says when the old key could not be taken away, which then opens nothing", async () => {
    await run().save(login());
    const keychain: Keychain = {
      ...folderKeychain(keyring),
      remove: failing(denied("keychain-locked")).remove,
    };
    expect(await run({ ...both, keychain }).move("passphrase")).toMatchObject({
      changed: true,
      keyLeft: { code: "keychain-locked" },
    });
    expect(await items()).toHaveLength(1);
    expect((await run(both).get("newsroom", redaksi)).source).toBe("vault");
    // Once more, with the keyring open, takes it away.
    expect(await run(both).move("passphrase")).toEqual({ changed: false });
    expect(await items()).toEqual([]);
  });

  test("gives a vault of the first version, which has no name, one", async () => {
    await run(both).save(login());
    const { createUnlocked, sealEntries } = await import("../../src/credentials/vault/sealed.js");
    const first = await createUnlocked(passphrase, 1024);
    delete first.header.id;
    await writeFile(place.vaultPath, sealEntries(first, []), { mode: 0o600 });
    expect(await run(both).list()).toEqual([]);
    await run(both).move("keychain");
    expect(await items()).toEqual([(await header()).id]);
  });

  test("with KOMINFO_STORE=env is refused: nothing is kept here", async () => {
    await expect(run({ environment: { KOMINFO_STORE: "env" } }).move("keychain")).rejects.toMatchObject({
      code: "store-is-environment",
    });
  });
});

describe("the process that speaks to the keyring", () => {
  /** A stand-in for the compiled child. */
  async function child(code: string, limitMs = 5_000) {
    const childFile = path.join(path.dirname(place.passphraseFile), "child.mjs");
    await writeFile(childFile, code);
    const waits: number[] = [];
    const keychain = systemKeychain({
      environment: { ...process.env, KOMINFO_NEWSROOM_TOKEN: "rahasia" },
      limitMs,
      onWait: () => waits.push(1),
      childFile,
    });
    return { keychain, waits };
  }
  const answer = (expression: string) => `process.stdout.write(JSON.stringify(${expression}) + "\\n");`;

  test("is killed when its time is over, also when it takes no notice of anything gentler", async () => {
    const deaf = `for (const s of ["SIGTERM", "SIGINT"]) process.on(s, () => {}); setInterval(() => {}, 1000);`;
    const { keychain } = await child(deaf, 400);
    await expect(keychain.get("a")).rejects.toMatchObject({ code: "keychain-silent", exit: 5 });
  });

  test("that is slow is reported once to the person, who may have to answer its window", async () => {
    const slow = `setTimeout(() => { ${answer('{ secret: "AAAA" }')} }, 3200);`;
    const { keychain, waits } = await child(slow, 10_000);
    expect(await keychain.get("a")).toEqual(Buffer.alloc(3));
    expect(waits).toHaveLength(1);
  });

  test("may hang after its answer", async () => {
    const { keychain } = await child(`${answer('{ secret: "AAAA" }')} setInterval(() => {}, 1000);`);
    expect(await keychain.get("a")).toEqual(Buffer.alloc(3));
  });

  test("may crash: that is reported, and does not end kominfo", async () => {
    const { keychain } = await child('process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);');
    await expect(keychain.get("a")).rejects.toMatchObject({
      code: "keychain-failed",
      params: { reason: "SIGSEGV" },
    });
  });

  test("gets no secret in its arguments or its environment", async () => {
    const source = '{ secret: Buffer.from(JSON.stringify([process.argv, process.env])).toString("base64") }';
    const { keychain } = await child(answer(source));
    const seen = (await keychain.get("a"))?.toString();
    expect(seen).toContain("child.mjs");
    expect(seen).not.toContain("rahasia");
  });

  test.each([
    ["Cannot create an item in a locked collection", "keychain-locked"],
    ["Object does not exist at path “/org/freedesktop/secrets/collection/login”", "keychain-locked"],
    ["The name org.freedesktop.secrets was not provided by any .service files", "keychain-no-service"],
    ["Cannot autolaunch D-Bus without X11 $DISPLAY", "keychain-no-bus"],
    ["Could not connect: No such file or directory", "keychain-no-bus"],
    ["Something else\nwith a second line", "keychain-failed"],
  ])("with the message %j gives %s", async (message, code) => {
    const { keychain } = await child(answer(JSON.stringify({ failure: message })));
    await expect(keychain.set("a", Buffer.alloc(32))).rejects.toMatchObject({ code });
  });
});
