import { chmodSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { agentHolder } from "../../../src/credentials/session/agent-holder.js";
import { createCredentials } from "../../../src/credentials/store.js";
import { readVault } from "../../../src/credentials/vault/vault.js";
import { type Ended, kominfoFile, startKominfo } from "../../support/kominfo.js";
import { needDebian } from "../apt.js";
import { openTerminal } from "../tmux.js";

const old = "empat kata acak saja";
const fresh = "lima kata acak yang baru";
const token = "knr_sangat-rahasia-sekali";
/** Nobody listens there. */
const origin = "http://127.0.0.1:9";

let root: string;
let runtime: string;
let vaultPath: string;
beforeAll(() => needDebian("tmux", "tmux"));
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), "kominfo-session-")));
  runtime = path.join(root, "run");
  await mkdir(runtime, { mode: 0o700 });
  await mkdir(path.join(root, "berita"));
  await writeFile(
    path.join(root, "berita", "kominfo.yaml"),
    `kecamatan: "32.16.07"\nnewsroom: { kind: kominfo, url: "${origin}" }\n`,
  );
  for (const [name, text] of [
    ["lama", old],
    ["baru", fresh],
  ] as const) {
    await writeFile(path.join(root, name), `${text}\n`, { mode: 0o600 });
  }
  vaultPath = path.join(root, "config", "kominfo", "vault.json");
  await createCredentials({
    vaultPath,
    environment: { KOMINFO_PASSPHRASE_FILE: path.join(root, "lama") },
    now: () => new Date(),
    onSecret: () => {},
  }).save({ service: "newsroom", account: "default", origin, kind: "personal", secret: { token } });
});
afterEach(async () => {
  for (const pid of agents()) process.kill(pid, "SIGKILL");
  await rm(root, { recursive: true, force: true });
});

const environment = (more: Record<string, string> = {}) => ({
  HOME: root,
  XDG_CONFIG_HOME: path.join(root, "config"),
  XDG_RUNTIME_DIR: runtime,
  ...more,
});
const run = (words: string, more: Record<string, string> = {}): Promise<Ended> =>
  startKominfo(words.split(" "), { cwd: path.join(root, "berita"), env: environment(more) }).ended;
const byFile = (name = "lama") => ({ KOMINFO_PASSPHRASE_FILE: path.join(root, name) });
const folder = () => path.join(runtime, "kominfo");

async function vault(): Promise<{ state: string; open_until: string | null }> {
  return JSON.parse((await run("auth status --json")).stdout).vault;
}

/** @param others agents that cannot answer */
async function unlock(duration = "8h", others: readonly number[] = []): Promise<number> {
  const ran = await run(`auth unlock --for ${duration}`, byFile());
  expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining("kominfo auth lock")]);
  const [agent = 0, ...more] = agents().filter((pid) => !others.includes(pid));
  expect([agent > 0, more]).toEqual([true, []]);
  return agent;
}

/** The processes that listen on a socket of this test's folder. */
function agents(): number[] {
  const inodes = readFileSync("/proc/net/unix", "utf8")
    .split("\n")
    .flatMap((line) => (line.includes(runtime) ? [line.trim().split(/\s+/)[6] ?? ""] : []));
  const wanted = new Set(inodes.map((inode) => `socket:[${inode}]`));
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && linksOf(`/proc/${name}/fd`).some((link) => wanted.has(link)))
    .map(Number);
}

/** Empty for a process that has ended. */
function linksOf(of: string): string[] {
  try {
    return readdirSync(of).map((name) => readlinkSync(path.join(of, name)));
  } catch {
    return [];
  }
}

/** Waits for the end of a process that is not ours to wait for. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      if (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.startsWith("Z")) return;
    } catch {
      return;
    }
    await pause(20);
  }
}

describe("auth unlock", () => {
  test("opens the vault for every run after it, also for one that nobody answers, until auth lock", async () => {
    expect(await vault()).toMatchObject({ state: "locked", open_until: null });
    const alone = await run("publisher --once --no-input --json");
    expect([alone.code, JSON.parse(alone.stderr).error.code]).toEqual([2, "passphrase-source-missing"]);

    const before = Date.now();
    const agent = await unlock();
    const { state, open_until } = await vault();
    expect(state).toBe("ok");
    const hours = (Date.parse(open_until ?? "") - before) / 3_600_000;
    expect(Math.round(hours * 10)).toBe(80);
    // With the login in its hands, only the network stops it.
    expect((await run("publisher --once --no-input --json")).code).toBe(5);
    expect((await run("doctor")).stdout).toContain("terbuka tanpa frasa sandi sampai");
    expect((await run("auth status")).stdout).toContain("terbuka tanpa frasa sandi sampai");

    expect((await run("auth lock")).stdout).toContain("✓ Brankas terkunci lagi");
    await gone(agent);
    expect(readdirSync(folder())).toEqual([]);
    expect(await vault()).toMatchObject({ state: "locked", open_until: null });
    const again = await run("auth lock --json");
    expect([again.code, JSON.parse(again.stdout).changed]).toEqual([0, false]);
  });

  test("leaves a process with a session of its own that shows no secret, writes no core, and lets nobody else in", async () => {
    const agent = await unlock();
    const header = (await readVault(vaultPath))?.header;
    const holder = agentHolder({ environment: environment(), vaultPath });
    const { key } = (await holder.held(header!))!;
    const about = (name: string) => readFileSync(`/proc/${agent}/${name}`, "utf8");
    const [, , , session, terminal] = about("stat").split(") ")[1]!.split(" ");
    expect([Number(session), terminal]).toEqual([agent, "0"]);
    expect(about("environ")).not.toContain("KOMINFO");
    expect(about("limits")).toMatch(/Max core file size\s+0\s+0\s/);
    expect(readlinkSync(`/proc/${agent}/cwd`)).toBe("/");
    const secrets = [token, old, key.toString("base64"), key.toString("hex")];
    for (const secret of secrets) expect(about("cmdline") + about("environ")).not.toContain(secret);
    // Every file of the home, but for the one that a person wrote the passphrase into.
    for (const secret of secrets) {
      const found = filesBelow(root).filter((file) => readFileSync(file).includes(secret));
      expect(found).toEqual(secret === old ? [path.join(root, "lama")] : []);
    }
    const [name = ""] = readdirSync(folder());
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder(), name)).mode & 0o777).toBe(0o600);
    // Nobody attaches Node's debugger to it.
    process.kill(agent, "SIGUSR1");
    expect(await vault()).toMatchObject({ state: "ok" });
    const inet = ["tcp", "tcp6"].map((of) => readFileSync(`/proc/${agent}/net/${of}`, "utf8")).join("");
    const sockets = linksOf(`/proc/${agent}/fd`).flatMap(
      (link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [],
    );
    expect(sockets.filter((inode) => inet.includes(` ${inode} `))).toEqual([]);
  });

  test("is over when its agent is killed, and a dead agent's socket is in nobody's way", async () => {
    const first = await unlock();
    process.kill(first, "SIGKILL");
    await gone(first);
    expect(readdirSync(folder())).toHaveLength(1);
    expect(await vault()).toMatchObject({ state: "locked", open_until: null });
    const second = await unlock();
    expect(await vault()).toMatchObject({ state: "ok" });
    process.kill(second, "SIGTERM");
    await gone(second);
    expect(readdirSync(folder())).toEqual([]);
    expect((await run("auth lock")).stdout).toContain("memang tidak sedang dibuka");
  });

  test("is over at its time", async () => {
    const header = (await readVault(vaultPath))!.header;
    await unlock();
    const holder = agentHolder({
      environment: environment(),
      vaultPath,
      agentFile: path.resolve(kominfoFile, "../../dist/credentials/session/agent.js"),
    });
    const { key } = (await holder.held(header))!;
    await holder.hold({ header, key }, new Date(Date.now() + 700));
    const [agent = 0] = agents();
    await gone(agent);
    expect(readdirSync(folder())).toEqual([]);
    expect(await vault()).toMatchObject({ state: "locked" });
  });

  test("a process that does not answer holds nobody up, and ends once it can", async () => {
    const agent = await unlock();
    process.kill(agent, "SIGSTOP");
    expect(await vault()).toMatchObject({ state: "locked" });
    expect((await run("auth lock")).code).toBe(0);
    expect(readdirSync(folder())).toEqual([]);
    await unlock("8h", [agent]);
    process.kill(agent, "SIGCONT");
    await gone(agent);
    // It has left the socket of its successor alone.
    expect(await vault()).toMatchObject({ state: "ok" });
  });

  test("of several terminals at once leaves one agent", async () => {
    const ran = await Promise.all(
      ["1h", "2h", "3h"].map((hours) => run(`auth unlock --for ${hours}`, byFile())),
    );
    expect(ran.map(({ code, stderr }) => [code, stderr.includes("✗")])).toEqual(Array(3).fill([0, false]));
    expect(agents()).toHaveLength(1);
    expect(await vault()).toMatchObject({ state: "ok" });
  });

  test("tells a foreign socket in its place nothing, and takes the place back", async () => {
    await unlock();
    const [name = ""] = readdirSync(folder());
    const socket = path.join(folder(), name);
    await run("auth lock");
    const heard: string[] = [];
    const foreign = createServer((connection) => {
      connection.on("error", () => {}).on("data", (said) => heard.push(said.toString()));
    });
    await new Promise<void>((resolve) => foreign.listen(socket, resolve));
    try {
      // Others can reach it: it is not even asked.
      expect(await vault()).toMatchObject({ state: "locked" });
      expect(heard).toEqual([]);
      chmodSync(socket, 0o600);
      expect(await vault()).toMatchObject({ state: "locked" });
      const ran = await run("auth unlock", byFile());
      expect(ran.code).toBe(0);
      expect(await vault()).toMatchObject({ state: "ok" });
    } finally {
      foreign.close();
    }
    const { header } = (await readVault(vaultPath))!;
    const asked = { ask: "key", check: header.check };
    for (const said of heard) expect([asked, { ask: "end" }]).toContainEqual(JSON.parse(said));
    expect(heard.length).toBeGreaterThan(0);
  });

  test("with a folder that is another user's holds nothing, and says so", async () => {
    chmodSync(runtime, 0o777);
    const ran = await run("auth unlock --json", byFile());
    expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([1, "session-folder-foreign"]);
    expect(agents()).toEqual([]);
  });

  test("outlives its terminal; another terminal finds the vault open, and a passphrase is typed once", async () => {
    const here = { cwd: path.join(root, "berita"), env: environment({ KOMINFO_LANG: "id" }) };
    const first = await openTerminal(["auth", "unlock", "--for", "2h"], here);
    await first.shows("Frasa sandi brankas");
    await first.type(old);
    await first.press("Enter");
    expect(await first.ended()).toBe(0);
    const screen = await first.screen();
    expect(screen).toContain("✓ Brankas terbuka tanpa frasa sandi sampai");
    expect(screen).not.toContain(old);
    await first.close();

    const second = await openTerminal(["auth", "status"], here);
    expect(await second.ended()).toBe(0);
    const found = await second.screen();
    expect(found).toContain("Brankas terbuka tanpa frasa sandi sampai");
    expect(found).not.toContain("Frasa sandi brankas");
    await second.close();
  });
});

describe("auth passphrase", () => {
  const both = () => ({ ...byFile(), KOMINFO_NEW_PASSPHRASE_FILE: path.join(root, "baru") });

  test("ends the holding, and only the new passphrase opens", async () => {
    const agent = await unlock();
    const ran = await run("auth passphrase", both());
    expect([ran.code, ran.stdout.trim()]).toEqual([
      0,
      "✓ Frasa sandi brankas sudah diganti. Yang lama tidak lagi membukanya.\n" +
        "  Sesi dari auth unlock ikut berakhir; frasa sandi yang baru akan ditanyakan. Untuk membuka lagi: kominfo auth unlock",
    ]);
    expect(ran.stderr).toContain("KOMINFO_PASSPHRASE_FILE");
    expect(ran.stdout + ran.stderr).not.toMatch(new RegExp(`${old}|${fresh}`));
    await gone(agent);
    expect(await vault()).toMatchObject({ state: "locked" });
    expect((await run("auth unlock", byFile())).code).toBe(4);
    expect((await run("auth unlock", byFile("baru"))).code).toBe(0);
  });

  test("by a kominfo that knows no agent ends the holding too", async () => {
    const agent = await unlock();
    const kept = await readFile(vaultPath, "utf8");
    const apart = { XDG_RUNTIME_DIR: path.join(root, "lain") };
    expect((await run("auth passphrase", { ...both(), ...apart })).code).toBe(0);
    expect(await vault()).toMatchObject({ state: "locked" });
    await gone(agent);
    // Not even with the old vault from a backup: the key is gone.
    await writeFile(vaultPath, kept, { mode: 0o600 });
    expect(await vault()).toMatchObject({ state: "locked" });
  });

  test("asks in a terminal for the present one, and for the new one twice", async () => {
    const here = { cwd: path.join(root, "berita"), env: environment({ KOMINFO_LANG: "id" }) };
    const terminal = await openTerminal(["auth", "passphrase"], here);
    const answer = async (question: string, typed: string) => {
      await terminal.shows(question);
      await terminal.type(typed);
      await terminal.press("Enter");
    };
    await answer("Frasa sandi brankas yang sekarang", old);
    await answer("Buat frasa sandi", fresh);
    await answer("Ketik sekali lagi", fresh);
    expect(await terminal.ended()).toBe(0);
    const screen = await terminal.screen();
    expect(screen).toContain("✓ Frasa sandi brankas sudah diganti");
    // None was open.
    expect(screen).not.toContain("Sesi dari auth unlock");
    expect(screen).not.toMatch(new RegExp(`${old}|${fresh}`));
    await terminal.close();
    expect((await run("auth unlock", byFile("baru"))).code).toBe(0);
  });
});

function filesBelow(of: string): string[] {
  return readdirSync(of, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
