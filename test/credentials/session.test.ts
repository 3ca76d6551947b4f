import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { agentHolder } from "../../src/credentials/session/agent-holder.js";
import { createHolder } from "../../src/credentials/session/holder.js";
import { isOwnSocket, makeSessionFolder, sessionSocket } from "../../src/credentials/session/place.js";
import type { KeyHolder } from "../../src/credentials/vault/key-holder.js";
import { createUnlocked, type UnlockedVault } from "../../src/credentials/vault/sealed.js";
import { parseDuration } from "../../src/text/duration.js";
import { login, makePlace, type Place, passphrase, quickCost, redaksi } from "./place.js";

const user = process.getuid?.() ?? 0;
const posix = process.platform !== "win32";
const start = Date.parse("2026-03-01T08:00:00Z");
const hour = 3_600_000;

describe("the key that is held", () => {
  function hold({ hours = 8 } = {}) {
    const clock = { wall: start, elapsed: 500 };
    const vault: { check: string | undefined } = { check: "dari brankas" };
    const key = Buffer.from("kunci");
    const holder = createHolder({
      check: "dari brankas",
      key,
      until: new Date(start + hours * hour),
      now: () => new Date(clock.wall),
      elapsed: () => clock.elapsed,
      readCheck: async () => vault.check,
    });
    const asked = () => holder.answer({ ask: "key", check: "dari brankas" });
    const pass = (ms: number) => {
      clock.wall += ms;
      clock.elapsed += ms;
    };
    return { clock, vault, key, holder, asked, pass };
  }

  test("is given until its time is over, and is wiped then", async () => {
    const { asked, pass, key, holder } = hold();
    pass(8 * hour - 1);
    expect(await asked()).toEqual({
      held: true,
      key: Buffer.from("kunci").toString("base64"),
      until: "2026-03-01T16:00:00.000Z",
    });
    pass(1);
    expect(await asked()).toEqual({ held: false });
    expect(await holder.isOver()).toBe(true);
    expect(key.every((byte) => byte === 0)).toBe(true);
  });

  test("is not held longer by a clock that is set back", async () => {
    const { clock, asked } = hold();
    clock.wall -= 24 * hour;
    clock.elapsed += 8 * hour;
    expect(await asked()).toEqual({ held: false });
  });

  test("ends with the hours that a laptop slept, and does not come back when the clock is set back", async () => {
    const { clock, asked } = hold();
    clock.wall += 9 * hour;
    expect(await asked()).toEqual({ held: false });
    clock.wall -= 9 * hour;
    expect(await asked()).toEqual({ held: false });
  });

  test.each([["another key"], [undefined]])("ends when the vault has %s", async (check) => {
    const { vault, asked, key } = hold();
    vault.check = check;
    expect(await asked()).toEqual({ held: false });
    expect(key.every((byte) => byte === 0)).toBe(true);
  });

  test("is not given for another vault, and ends when it is told to", async () => {
    const { holder, asked } = hold();
    expect(await holder.answer({ ask: "key", check: "lain" })).toEqual({ held: false });
    expect(await asked()).toMatchObject({ held: true });
    expect(await holder.answer({ ask: "end" })).toEqual({ held: false });
    expect(await holder.isOver()).toBe(true);
    expect(await asked()).toEqual({ held: false });
  });
});

describe.skipIf(!posix)("a socket in the place of the agent's", () => {
  let root: string;
  let socket: string;
  let unlocked: UnlockedVault;
  let holder: KeyHolder;
  const servers: Server[] = [];
  const heard: string[] = [];
  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), "kominfo-session-")));
    const environment = { XDG_RUNTIME_DIR: path.join(root, "run") };
    const vaultPath = path.join(root, "vault.json");
    socket = await sessionSocket(environment, vaultPath, user);
    await makeSessionFolder(path.dirname(socket), user);
    unlocked = await createUnlocked(passphrase, quickCost);
    holder = agentHolder({ environment, vaultPath, agentFile: path.join(root, "none.js") });
    heard.length = 0;
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await rm(root, { recursive: true, force: true });
  });

  async function listen(answer: string | undefined, mode = 0o600): Promise<void> {
    const server = createServer((connection) => {
      connection.on("error", () => {});
      connection.setEncoding("utf8").on("data", (said: string) => {
        heard.push(said);
        if (answer === undefined) connection.destroy();
        else connection.end(answer);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    await chmod(socket, mode);
  }

  const right = () => ({
    held: true,
    key: unlocked.key.toString("base64"),
    until: "2026-03-01T16:00:00.000Z",
  });

  test("is asked without any secret, and its key is taken when it opens the vault", async () => {
    await listen(`${JSON.stringify(right())}\n`);
    expect((await holder.held(unlocked.header))?.key).toEqual(unlocked.key);
    const { check } = unlocked.header;
    expect(heard.map((said) => JSON.parse(said))).toEqual([{ ask: "key", check }]);
  });

  test.each([
    [
      "a key that is not the vault's",
      () => JSON.stringify({ ...right(), key: randomBytes(32).toString("base64") }),
    ],
    ["a short key", () => JSON.stringify({ ...right(), key: "AAAA" })],
    ["no time", () => JSON.stringify({ held: true, key: right().key })],
    ["nonsense", () => "\u0000\u001b[2J"],
    ["megabytes", () => "x".repeat(3_000_000)],
    ["nothing", () => undefined],
  ])("that answers with %s counts as none", async (_, answer) => {
    const said = answer();
    await listen(said === undefined ? said : `${said}\n`);
    expect(await holder.held(unlocked.header)).toBeUndefined();
  });

  test.each([0o660, 0o606, 0o777])("that others may open (mode %o) is not asked", async (mode) => {
    await listen(`${JSON.stringify(right())}\n`, mode);
    expect(await holder.held(unlocked.header)).toBeUndefined();
    expect(heard).toEqual([]);
  });

  test("in a folder that others may enter, or behind a link, is not asked", async () => {
    await listen(`${JSON.stringify(right())}\n`);
    await chmod(path.dirname(socket), 0o755);
    expect(await holder.held(unlocked.header)).toBeUndefined();
    await chmod(path.dirname(socket), 0o700);
    expect((await holder.held(unlocked.header))?.key).toEqual(unlocked.key);
    heard.length = 0;

    const linked = agentHolder({
      environment: { XDG_RUNTIME_DIR: path.join(root, "lain") },
      vaultPath: path.join(root, "vault.json"),
    });
    await mkdir(path.join(root, "lain"), { mode: 0o700 });
    await symlink(path.dirname(socket), path.join(root, "lain", "kominfo"));
    expect(await linked.held(unlocked.header)).toBeUndefined();
    await rm(path.join(root, "lain", "kominfo"));
    await mkdir(path.join(root, "lain", "kominfo"), { mode: 0o700 });
    await symlink(socket, path.join(root, "lain", "kominfo", path.basename(socket)));
    expect(await linked.held(unlocked.header)).toBeUndefined();
    expect(heard).toEqual([]);
  });

  test("of another user is not ours", async () => {
    await listen(`${JSON.stringify(right())}\n`);
    expect(await isOwnSocket(socket, user)).toBe(true);
    expect(await isOwnSocket(socket, user + 1)).toBe(false);
  });

  test("that is a file is not asked, and goes when something is held or ended", async () => {
    await writeFile(socket, "", { mode: 0o600 });
    expect(await holder.held(unlocked.header)).toBeUndefined();
    expect(await holder.release()).toBe(false);
    await expect(holder.hold(unlocked, new Date(start))).rejects.toMatchObject({ code: "session-unstarted" });
    expect(await isOwnSocket(socket, user)).toBe(false);
  });

  test("nothing is held in a folder that is not certainly ours", async () => {
    await rm(path.dirname(socket), { recursive: true });
    await symlink(root, path.dirname(socket));
    await expect(holder.hold(unlocked, new Date(start))).rejects.toMatchObject({
      code: "session-folder-foreign",
      exit: 1,
    });
  });

  test("one vault has one socket by whatever way it is reached; another vault has another one", async () => {
    const environment = { XDG_RUNTIME_DIR: path.join(root, "run") };
    await symlink(root, path.join(root, "tautan"));
    const at = (vaultPath: string) => sessionSocket(environment, vaultPath, user);
    expect(await at(path.join(root, "tautan", "vault.json"))).toBe(socket);
    expect(await at(path.join(root, "run", "vault.json"))).not.toBe(socket);
    // A path that is too long cannot be listened on: 107 bytes are the most.
    expect(path.basename(socket).length).toBeLessThan(25);
  });
});

describe("a vault whose key is held", () => {
  let place: Place;
  let holder: KeyHolder & { now: number };
  beforeEach(async () => {
    place = await makePlace();
    holder = memoryHolder();
  });
  afterEach(() => place.remove());

  /** Holds in memory, as an agent does in its own. */
  function memoryHolder(): KeyHolder & { now: number } {
    let kept: { key: Buffer; check: string; until: Date } | undefined;
    const made: KeyHolder & { now: number } = {
      now: start,
      held: async ({ check }) =>
        kept?.check === check && kept.until.getTime() > made.now
          ? { key: kept.key, until: kept.until }
          : undefined,
      async hold({ key, header: { check } }, until) {
        kept = { key, check, until };
      },
      async release() {
        const ended = kept !== undefined;
        kept = undefined;
        return ended;
      },
    };
    return made;
  }

  const until = new Date(start + 8 * hour);
  const byFile = () => place.run({ holder });
  /** As a cron job, whom nobody answers. */
  const unattended = () => place.run({ holder, environment: {} });
  /** A person who types this and that. */
  const typing = (answers: string[], asked: unknown[] = []) =>
    place.run({
      holder,
      environment: {},
      askPassphrase: async (question) => {
        asked.push(question);
        return answers.shift() ?? "";
      },
    });

  test("opens for a run that nobody answers, and says until when", async () => {
    await byFile().save(login());
    await expect(unattended().get("newsroom", redaksi)).rejects.toMatchObject({
      code: "passphrase-source-missing",
    });
    expect(await unattended().status()).toMatchObject({ state: "locked" });

    expect(await typing([passphrase]).holdOpen(until)).toBe(true);
    expect((await unattended().get("newsroom", redaksi)).secret).toEqual(login().secret);
    expect(await unattended().status()).toMatchObject({ state: "ok", open_until: until.toISOString() });
    await unattended().save(login({ account: "kedua" }));
    expect(await unattended().list()).toHaveLength(2);

    holder.now = until.getTime();
    await expect(unattended().list()).rejects.toMatchObject({ code: "passphrase-source-missing" });
    const status = await unattended().status();
    expect([status.state, status.open_until]).toEqual(["locked", undefined]);
  });

  test("asks for the passphrase itself before it is held longer", async () => {
    await byFile().save(login());
    await typing([passphrase]).holdOpen(until);
    const asked: unknown[] = [];
    await expect(typing(["salah", "salah", "salah"], asked).holdOpen(until)).rejects.toMatchObject({
      code: "vault-wrong-passphrase",
    });
    expect(asked).toHaveLength(3);
    await expect(unattended().holdOpen(until)).rejects.toMatchObject({ code: "passphrase-source-missing" });
  });

  test("leaves a passphrase that the environment names first: a wrong one is refused as ever", async () => {
    await byFile().save(login());
    await byFile().holdOpen(until);
    await writeFile(place.passphraseFile, "yang salah sekali", { mode: 0o600 });
    await expect(byFile().list()).rejects.toMatchObject({
      code: "vault-wrong-passphrase",
      params: { source: "KOMINFO_PASSPHRASE_FILE" },
    });
  });

  test("reports the held key to the scrubber", async () => {
    await byFile().save(login());
    await byFile().holdOpen(until);
    place.heard.length = 0;
    await unattended().list();
    expect(place.heard).toContain(login().secret.token);
    expect(place.heard.some((said) => Buffer.from(said, "base64").length === 32)).toBe(true);
  });

  test("is held no more once it is locked, by whichever run", async () => {
    await byFile().save(login());
    await byFile().holdOpen(until);
    expect(await unattended().endHolding()).toBe(true);
    expect(await unattended().endHolding()).toBe(false);
    expect(await unattended().status()).toMatchObject({ state: "locked" });
  });

  test("is held no more once the last login has left it, and still while one is there", async () => {
    await byFile().save(login());
    await byFile().save(login({ account: "kedua" }));
    await byFile().holdOpen(until);
    await unattended().remove("newsroom", "kedua");
    expect(await unattended().status()).toMatchObject({ state: "ok" });
    await unattended().remove("newsroom");
    expect(await unattended().status()).toMatchObject({ state: "locked" });
  });

  test("and is missing cannot be held; one that the keychain opens need not be", async () => {
    await expect(byFile().holdOpen(until)).rejects.toMatchObject({ code: "vault-missing", exit: 1 });
    const kept = new Map<string, Buffer>();
    const keychain = {
      get: async (id: string) => kept.get(id),
      set: async (id: string, key: Buffer) => void kept.set(id, key),
      remove: async (id: string) => void kept.delete(id),
    };
    await place.run({ holder, keychain }).move("keychain");
    expect(await place.run({ holder, keychain }).holdOpen(until)).toBe(false);
    await expect(place.run({ holder, keychain }).changePassphrase()).rejects.toMatchObject({
      code: "vault-without-passphrase",
      exit: 1,
    });
  });

  describe("and whose passphrase is changed", () => {
    const fresh = "lima kata acak baru";

    test("asks for the present one, also while it is held, then for the new one, and is held no more", async () => {
      await byFile().save(login());
      await byFile().holdOpen(until);
      const asked: unknown[] = [];
      await typing(["salah", passphrase, fresh], asked).changePassphrase();
      expect(asked).toEqual([
        { confirm: false, again: false, changing: true },
        { confirm: false, again: true, changing: true },
        { confirm: true, again: false },
      ]);
      expect(await unattended().status()).toMatchObject({ state: "locked" });
      expect((await typing([fresh]).get("newsroom", redaksi)).secret).toEqual(login().secret);
      await expect(byFile().list()).rejects.toMatchObject({ code: "vault-wrong-passphrase" });
    });

    test("takes the new one from KOMINFO_NEW_PASSPHRASE_FILE where nobody is there", async () => {
      await byFile().save(login());
      const environment = { KOMINFO_PASSPHRASE_FILE: place.passphraseFile };
      await expect(place.run({ holder, environment }).changePassphrase()).rejects.toMatchObject({
        code: "new-passphrase-source-missing",
        exit: 2,
      });
      const file = `${place.passphraseFile}-baru`;
      const change = async (content: string) => {
        await writeFile(file, content, { mode: 0o600 });
        return place
          .run({ holder, environment: { ...environment, KOMINFO_NEW_PASSPHRASE_FILE: file } })
          .changePassphrase();
      };
      await expect(change("")).rejects.toMatchObject({ code: "passphrase-empty" });
      await expect(change("pendek")).rejects.toMatchObject({ code: "passphrase-too-short" });
      await expect(change(passphrase)).rejects.toMatchObject({ code: "passphrase-unchanged", exit: 2 });
      expect(await byFile().list()).toHaveLength(1);
      await change(fresh);
      expect(place.heard).toContain(fresh);
      await writeFile(place.passphraseFile, fresh, { mode: 0o600 });
      expect(await byFile().list()).toHaveLength(1);
    });

    test("leaves what another run stores at the same time; that run asks for the new one", async () => {
      await byFile().save(login());
      const answers = [passphrase, fresh];
      const other = typing(answers);
      await other.list();
      await typing([passphrase, fresh]).changePassphrase();
      await other.save(login({ account: "kedua" }));
      expect(answers).toEqual([]);
      expect(await typing([fresh]).list()).toHaveLength(2);
    });

    test("begins again where another run has changed it meanwhile", async () => {
      await byFile().save(login());
      const answers = [passphrase, "milik saya sendiri", fresh, "milik saya sendiri"];
      const slow = place.run({
        holder,
        environment: {},
        askPassphrase: async ({ confirm }) => {
          if (confirm && answers.length === 3) await typing([passphrase, fresh]).changePassphrase();
          return answers.shift() ?? "";
        },
      });
      await slow.changePassphrase();
      expect(await typing(["milik saya sendiri"]).list()).toHaveLength(1);
    });
  });
});

describe("a time to be open", () => {
  test.each([
    ["8h", 8 * hour],
    ["30m", hour / 2],
    ["1d", 24 * hour],
    [" 8 jam ", 8 * hour],
    ["90 menit", 1.5 * hour],
    ["2 HARI", 48 * hour],
  ])("%j is read", (value, ms) => {
    expect(parseDuration(value)).toBe(ms);
  });

  test.each(["", "8", "h", "-1h", "1.5h", "8 weeks", "8 constructor", "999999h", "1h30m"])(
    "%j is none",
    (value) => {
      expect(parseDuration(value)).toBeUndefined();
    },
  );
});
