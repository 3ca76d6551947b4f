import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Child, compile, runChild, seeded } from "../files/compiled.js";
import { folderKeychain } from "./child/folder-keychain.mjs";
import { login, makePlace, type Place, redaksi } from "./place.js";

/** Twenty in every run of the tests; `npm run test:kills` takes two hundred. */
const kills = Number(process.env.KOMINFO_KILLS ?? 20);
const accounts = 20;

let compiled: Awaited<ReturnType<typeof compile>>;
let place: Place;
let keyring: string;
beforeAll(async () => {
  compiled = await compile("credentials/store.ts");
});
afterAll(() => compiled.remove());
beforeEach(async () => {
  place = await makePlace();
  keyring = path.join(place.folder, "..", "keyring");
});
afterEach(() => place.remove());

const start = (name: string, ...more: string[]) =>
  runChild(path.join(import.meta.dirname, "child", name), [
    compiled.folder,
    place.vaultPath,
    place.passphraseFile,
    keyring,
    ...more,
  ]);
const run = () => place.run({ keychain: folderKeychain(keyring) });

/** A process that stores numbers, and the last number of each account that it reported as stored. */
class Writer {
  readonly prefix: string;
  /** The first number that the process has not reported. */
  next = 0;
  readonly stored = new Map<string, number>();
  #child: Child | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  account(n: number): string {
    return `${this.prefix}-${n % accounts}`;
  }

  /** Runs it until it has stored something. */
  async start(): Promise<void> {
    const child = start("write.mjs", this.prefix, String(this.next));
    const from = this.next;
    this.#child = child;
    this.#reading = (async () => {
      for (let line = await child.line(); line !== undefined; line = await child.line()) {
        const n = Number(line);
        this.stored.set(this.account(n), n);
        this.next = n + 1;
      }
    })();
    while (this.next === from) {
      if (child.process.exitCode !== null) throw new Error("the writer ended by itself");
      await pause(1);
    }
  }

  async kill(): Promise<void> {
    this.#child?.process.kill("SIGKILL");
    await this.#child?.ended();
    await this.#reading;
  }

  /** Expects every reported number. The number being stored at the kill may be there or not. */
  check(found: ReadonlyMap<string, number>): void {
    const doing = this.account(this.next);
    for (const [account, n] of this.stored) {
      if (account !== doing) expect([account, found.get(account)]).toEqual([account, n]);
    }
    expect([this.stored.get(doing), this.next]).toContain(found.get(doing));
    if (found.get(doing) === this.next) this.stored.set(doing, this.next++);
  }
}

async function tokens(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const reader = run();
  for (const { account, origin } of await reader.list()) {
    const { secret } = await reader.get("newsroom", origin!, account);
    found.set(account, Number(secret.token));
  }
  return found;
}

describe.skipIf(process.platform === "win32")("kill -9 at any moment", () => {
  test("of two processes that write at once leaves a vault that opens and holds all that they reported as stored", async () => {
    const random = seeded(29);
    const writers = [new Writer("a"), new Writer("b")];
    for (let kill = 0; kill < kills; kill++) {
      await Promise.all(writers.map((writer) => writer.start()));
      await pause(random() * 60);
      await Promise.all(writers.map((writer) => writer.kill()));
      const found = await tokens();
      for (const writer of writers) writer.check(found);
    }
    await run().save(login());
    const left = (await readdir(place.folder)).filter((name) => name.startsWith(".vault.json."));
    expect(left.filter((name) => !name.includes("lock"))).toEqual([]);
  }, 600_000);

  test("of two processes that change its passphrase at once leaves one of the two that opens it, never none", async () => {
    const random = seeded(37);
    await run().save(login());
    const second = `${place.passphraseFile}-2`;
    await writeFile(second, "lima kata acak yang lain\n", { mode: 0o600 });
    const opening = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      const changers = [start("passphrase.mjs", second), start("passphrase.mjs", second)];
      await Promise.race(changers.map((changer) => changer.line()));
      await pause(random() * 60);
      for (const changer of changers) changer.process.kill("SIGKILL");
      expect(await Promise.all(changers.map((changer) => changer.ended()))).toEqual([null, null]);

      const files = [place.passphraseFile, second];
      const states = await Promise.all(
        files.map(async (file) => {
          const credentials = place.run({ environment: { KOMINFO_PASSPHRASE_FILE: file } });
          const { state } = await credentials.status();
          if (state === "ok") {
            opening.add(file);
            expect((await credentials.get("newsroom", redaksi)).secret).toEqual(login().secret);
          }
          return state;
        }),
      );
      expect(states.sort()).toEqual(["locked", "ok"]);
    }
    expect(opening.size).toBe(2);
  }, 600_000);

  test("of two processes that move it at once leaves a vault that opens one way or the other", async () => {
    const random = seeded(31);
    await run().save(login());
    const methods = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      const movers = [start("move.mjs"), start("move.mjs")];
      await Promise.race(movers.map((mover) => mover.line()));
      await pause(random() * 60);
      for (const mover of movers) mover.process.kill("SIGKILL");
      expect(await Promise.all(movers.map((mover) => mover.ended()))).toEqual([null, null]);

      const { state, unlock } = await run().status();
      expect(state).toBe("ok");
      methods.add(unlock);
      expect((await run().get("newsroom", redaksi)).secret).toEqual(login().secret);
      expect((await readdir(keyring)).length).toBeLessThanOrEqual(1);
    }
    expect([...methods].sort()).toEqual(["keychain", "passphrase"]);

    // What a killed move left in the keychain goes with the next one that is not killed.
    await run().move("passphrase");
    expect(await readdir(keyring)).toEqual([]);
  }, 600_000);
});
