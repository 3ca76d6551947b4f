import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { kominfoFile } from "../../support/kominfo.js";
import { needDebian } from "../apt.js";

/** Every case ends within this, the start of node included. */
const limitMs = 5_000;
const rows: string[] = [];

let home: string;
beforeAll(() => {
  needDebian("dbus-run-session", "dbus");
  needDebian("gnome-keyring-daemon", "gnome-keyring");
  // Needs libsecret-1-0, as keytar does.
  needDebian("secret-tool", "libsecret-tools");
  needDebian("strace", "strace");
});
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "kominfo-keychain-"));
  for (const folder of ["run", "share", "config"]) await mkdir(path.join(home, folder), { mode: 0o700 });
  await writeFile(path.join(home, "passphrase"), "empat kata acak saja\n", { mode: 0o600 });
});
afterEach(() => rm(home, { recursive: true, force: true }));
afterAll(() => {
  process.stdout.write(`${rows.join("\n")}\n`);
});

interface Ended {
  /** null when it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
  ms: number;
}

const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH ?? "",
  HOME: home,
  XDG_RUNTIME_DIR: path.join(home, "run"),
  XDG_DATA_HOME: path.join(home, "share"),
  XDG_CONFIG_HOME: path.join(home, "config"),
  ...more,
});

/** Runs a program with nothing typed and nothing of this person's session. */
async function run(words: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
  const at = (name: string) => path.join(home, name);
  // Files, as a pipe would stay open for as long as a service that was started along the way.
  const [stdout, stderr] = [openSync(at("stdout"), "w"), openSync(at("noise"), "w")];
  let began = Date.now();
  const [program = "", ...args] = words;
  const options = { cwd: home, env: environment(more), timeout: 60_000, killSignal: "SIGKILL" } as const;
  const child = spawn(program, args, { ...options, stdio: ["ignore", stdout, stderr] });
  const [code] = await once(child, "exit");
  const ended = Date.now();
  for (const file of [stdout, stderr]) closeSync(file);
  // In a session, since that was ready, and without what the bus, the keyring and its prompter print.
  const inSession = existsSync(at("began"));
  if (inSession) began = Number(readFileSync(at("began"), "utf8"));
  const said = readFileSync(at(inSession ? "stderr" : "noise"), "utf8");
  for (const name of ["began", "stderr"]) rmSync(at(name), { force: true });
  return { code, stdout: readFileSync(at("stdout"), "utf8"), stderr: said, ms: ended - began };
}

const kominfo = (...argv: string[]) => [process.execPath, kominfoFile, ...argv];

/** A D-Bus session of its own in which `before` is run first. */
const session = (before: string, words: readonly string[]) => [
  "dbus-run-session",
  "--",
  "sh",
  "-euc",
  `${before}\ndate +%s%3N > "$HOME/began"\nexec "$@" 2>"$HOME/stderr"`,
  "_",
  ...words,
];
const unlocked = "printf %s ci-only | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1";
const locked = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1";

const vault = () => path.join(home, "config", "kominfo", "vault.json");
const method = async () => JSON.parse(await readFile(vault(), "utf8")).header.unlock.method;

/** A vault whose key is in the keyring of this home, as an earlier session left it. */
async function madeVault(): Promise<void> {
  const made = await run(session(unlocked, kominfo("auth", "store", "keychain")));
  expect(made).toMatchObject({ code: 0, stderr: "" });
}

async function timed(name: string, words: readonly string[], more?: Record<string, string>): Promise<Ended> {
  const ended = await run(words, more);
  const said = JSON.parse(ended.stderr || "{}");
  rows.push(
    `${name.padEnd(44)} ${ended.ms.toFixed(0).padStart(5)} ms  exit ${ended.code}  ${said.error?.code ?? "-"}`,
  );
  expect(ended.ms).toBeLessThan(limitMs);
  return ended;
}

/** Ends with this code and error, names the mending command, and never says "not logged in". */
function expectRefusal(ended: Ended, exit: number, code: string, mend: string) {
  const { error } = JSON.parse(ended.stderr);
  expect(error).toMatchObject({ code, exit });
  expect(ended.code).toBe(exit);
  expect(ended.stdout).toBe("");
  expect(error.hints.join("\n")).toContain(mend);
  expect(ended.stderr).not.toMatch(/not-logged-in|belum masuk|not logged in/);
}

/** A command that needs a login which is in the vault, were it open. */
const needsLogin = kominfo("review", "list", "--url", "https://redaksi.example.go.id", "--json");

describe("a keyring that is unlocked", () => {
  test("keeps the key of the vault, which then opens by itself", async () => {
    await madeVault();
    const status = await timed("unlocked", session(unlocked, kominfo("auth", "status", "--json")));
    expect(JSON.parse(status.stdout).vault).toMatchObject({ unlock: "keychain", state: "ok" });
    expect(await method()).toBe("keychain");
  });

  test("takes the key of a vault that a passphrase opened, and gives it back", async () => {
    const file = { KOMINFO_PASSPHRASE_FILE: path.join(home, "passphrase") };
    expect(await run(kominfo("auth", "store", "passphrase"), file)).toMatchObject({ code: 0 });
    expect(
      await timed("passphrase -> keychain", session(unlocked, kominfo("auth", "store", "keychain")), file),
    ).toMatchObject({ code: 0 });
    expect(await method()).toBe("keychain");
    const id = JSON.parse(await readFile(vault(), "utf8")).header.id;
    const look = ["secret-tool", "lookup", "service", "kominfo", "account", id];
    const kept = await run(session(unlocked, look));
    expect(Buffer.from(kept.stdout, "base64")).toHaveLength(32);

    expect(
      await timed("keychain -> passphrase", session(unlocked, kominfo("auth", "store", "passphrase")), file),
    ).toMatchObject({ code: 0 });
    expect(await method()).toBe("passphrase");
    expect(await run(session(unlocked, look))).toMatchObject({ code: 1, stdout: "" });
  });

  test("without the key of this vault says so, and not that it is locked", async () => {
    await madeVault();
    await rm(path.join(home, "share", "keyrings"), { recursive: true });
    const ended = await timed("unlocked, without the key", session(unlocked, needsLogin));
    expectRefusal(ended, 4, "keychain-key-missing", "kominfo auth export");
  });

  test("never sees the key in the arguments or the environment of a process", async () => {
    await madeVault();
    // strace shows every program that is started, with arguments and environment, as far as it was written.
    const log = path.join(home, "strace");
    const traced = ["strace", "-f", "-v", "-s", "10000", "-e", "trace=execve", "-o", log];
    await run(session(unlocked, [...traced, ...kominfo("auth", "status", "--json")]));
    const id = JSON.parse(await readFile(vault(), "utf8")).header.id;
    const key = await run(session(unlocked, ["secret-tool", "lookup", "service", "kominfo", "account", id]));
    const started = await readFile(log, "utf8");
    expect(started).toContain("keychain-child.js");
    expect(key.stdout.trim()).toHaveLength(44);
    expect(started).not.toContain(key.stdout.trim());
  });
});

describe("the vault stays shut, within the limit and with the case and its mending named, when", () => {
  test("the keyring is locked", async () => {
    await madeVault();
    const ended = await timed("locked", session(locked, needsLogin));
    expectRefusal(ended, 4, "keychain-locked", "gnome-keyring-daemon --unlock");
  });

  test("the keyring is locked, for auth status: it is told as locked, and no account as missing", async () => {
    await madeVault();
    const ended = await timed("locked, auth status", session(locked, kominfo("auth", "status", "--json")));
    expect(JSON.parse(ended.stdout).vault).toMatchObject({ unlock: "keychain", state: "locked" });
    expect(ended.code).toBe(4);
    const words = await run(session(locked, kominfo("auth", "status")));
    expect(words.stdout).toContain("terkunci");
    expect(words.stdout).not.toContain("Belum ada akun");
  });

  test("the session has no Secret Service", async () => {
    await madeVault();
    // A bus that knows no services: its configuration names no folder of them.
    const config = path.join(home, "bus.conf");
    await writeFile(
      config,
      `<busconfig><type>session</type><listen>unix:dir=${home}/run</listen><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
    );
    const words = session("", needsLogin).toSpliced(1, 0, `--config-file=${config}`);
    const ended = await timed("no service", words);
    expectRefusal(ended, 1, "keychain-no-service", "apt install gnome-keyring");
  });

  test("there is no session bus", async () => {
    await madeVault();
    const ended = await timed("no bus", needsLogin);
    expectRefusal(ended, 1, "keychain-no-bus", "dbus-run-session");
  });

  test("the session bus is gone", async () => {
    await madeVault();
    const ended = await timed("bus gone", needsLogin, {
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${home}/run/nothing`,
    });
    expectRefusal(ended, 1, "keychain-no-bus", "dbus-run-session");
  });

  test("libsecret is missing", async () => {
    await madeVault();
    const ended = await timed("libsecret missing", session(unlocked, [...withoutLibsecret(), ...needsLogin]));
    expectRefusal(ended, 1, "keychain-no-library", "apt install libsecret-1-0");
  });

  test("the keyring hangs", async () => {
    await madeVault();
    const stopped = `printf %s ci-only | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
      echo $! > "$HOME/pid"
      until secret-tool search service kominfo >/dev/null 2>&1; do sleep 0.05; done
      kill -STOP $(cat "$HOME/pid")`;
    const ended = await timed("hanging", session(stopped, needsLogin));
    process.kill(Number(await readFile(path.join(home, "pid"), "utf8")), "SIGKILL");
    expectRefusal(ended, 5, "keychain-silent", "gnome-keyring-daemon");
    expect(ended.ms).toBeGreaterThan(3_000);
  });
});

describe("a new vault", () => {
  test("is never made by a keyring that does not work, nor silently by something else", async () => {
    for (const [words, code] of [
      [session(locked, kominfo("auth", "store", "keychain", "--json")), "keychain-locked"],
      [kominfo("auth", "store", "keychain", "--json"), "keychain-no-bus"],
    ] as const) {
      expect(JSON.parse((await run(words)).stderr).error.code).toBe(code);
      expect(existsSync(vault())).toBe(false);
    }
  });

  test("without a choice and a person is refused, naming KOMINFO_PASSPHRASE_FILE", async () => {
    const login = kominfo(
      "auth",
      "login",
      "newsroom",
      "--with-token",
      "--url",
      "https://redaksi.example.go.id",
    );
    const ended = await run(session(unlocked, ["sh", "-c", 'echo knr_x | "$@"', "_", ...login]));
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("KOMINFO_PASSPHRASE_FILE");
    expect(existsSync(vault())).toBe(false);
  });
});

/** Runs what follows where the library's file is not there, in a mount namespace of its own; needs to be root. */
function withoutLibsecret(): string[] {
  const found = execFileSync("dpkg", ["-L", "libsecret-1-0"], { encoding: "utf8" });
  const library = found.split("\n").find((line) => line.endsWith("/libsecret-1.so.0")) ?? "";
  const script = [
    "set -e",
    'mkdir "$HOME/over"; mount -t tmpfs over "$HOME/over"; mkdir "$HOME/over/upper" "$HOME/over/work"',
    `d=${path.dirname(library)}`,
    'mount -t overlay overlay -o "lowerdir=$d,upperdir=$HOME/over/upper,workdir=$HOME/over/work" "$d"',
    `rm ${library}`,
    'exec "$@"',
  ].join("; ");
  return ["unshare", "-m", "sh", "-c", script, "_"];
}
