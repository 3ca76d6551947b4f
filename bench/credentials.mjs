// What unlocking the vault costs, by the keychain (a real GNOME Keyring in a session of its own) and by a
// passphrase: wall time of `auth status` against the same command with KOMINFO_STORE=env, which opens nothing.
// Then, under strace, that commands which need no secret touch neither vault nor keychain; ends with 1 if one does.
// Needs Debian's dbus, gnome-keyring, libsecret-1-0 and strace. Run: npm run bench:credentials [-- <rounds>]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);
const kominfo = fileURLToPath(new URL("../bin/kominfo.js", import.meta.url));

if (process.env.KOMINFO_BENCH_HOME) {
  inside(process.env.KOMINFO_BENCH_HOME);
} else {
  const home = mkdtempSync(path.join(tmpdir(), "kominfo-bench-"));
  try {
    const folder = (name) => {
      mkdirSync(path.join(home, name), { mode: 0o700 });
      return path.join(home, name);
    };
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      XDG_RUNTIME_DIR: folder("run"),
      XDG_DATA_HOME: folder("share"),
      XDG_CONFIG_HOME: folder("config"),
      KOMINFO_BENCH_HOME: home,
    };
    const unlock =
      'printf %s bench | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@" 2>&1';
    const words = ["--", "sh", "-euc", unlock, "_", process.execPath, self, ...process.argv.slice(2)];
    const { status, error } = spawnSync("dbus-run-session", words, {
      env,
      stdio: ["ignore", "inherit", "ignore"],
    });
    if (error) throw error;
    process.exitCode = status ?? 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function inside(home) {
  const passphrase = path.join(home, "passphrase");
  writeFileSync(passphrase, "empat kata acak saja\n", { mode: 0o600 });
  const homes = {
    keychain: { XDG_CONFIG_HOME: path.join(home, "by-keychain"), KOMINFO_STORE: "keychain" },
    passphrase: { XDG_CONFIG_HOME: path.join(home, "by-passphrase"), KOMINFO_PASSPHRASE_FILE: passphrase },
    nothing: { XDG_CONFIG_HOME: path.join(home, "by-passphrase"), KOMINFO_STORE: "env" },
  };
  const run = (env, argv) =>
    spoken(
      spawnSync(process.execPath, [kominfo, ...argv], { env: { ...process.env, ...env }, cwd: home }),
      argv,
    );
  for (const method of ["keychain", "passphrase"]) run(homes[method], ["auth", "store", method]);

  times(homes, run);
  untouched(home, homes, run);
}

function times(homes, run) {
  const rounds = Number(process.argv[2] ?? 15);
  const all = Object.fromEntries(Object.keys(homes).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, env] of Object.entries(homes)) {
      const from = performance.now();
      const said = JSON.parse(run(env, ["auth", "status", "--json"]).toString());
      if (name !== "nothing" && said.vault.state !== "ok") throw new Error(`${name}: ${said.vault.state}`);
      if (round >= 0) all[name].push(performance.now() - from);
    }
  }
  const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const base = median(all.nothing);
  console.log(`kominfo auth status, ${rounds} rounds, medians of wall time`);
  for (const [name, one] of Object.entries(all)) {
    const ms = median(one);
    const more =
      name === "nothing"
        ? ""
        : `  unlocking ${(ms - base).toFixed(0).padStart(5)} ms, ${(ms / base).toFixed(2)} x`;
    console.log(`  ${name.padEnd(11)} ${ms.toFixed(0).padStart(5)} ms${more}`);
  }
}

function untouched(home, homes, run) {
  const workspace = path.join(home, "berita");
  run(homes.keychain, ["init", workspace, "--kecamatan", "Cibitung"]);
  const photo = path.join(home, "foto.png");
  // One grey pixel.
  const pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  writeFileSync(photo, Buffer.from(pixel, "base64"));
  /** @param name tells apart what the two runs make */
  const commands = (name) => [
    ["--help"],
    ["init", path.join(home, `lain-${name}`), "--kecamatan", "Setu"],
    ["template", "list"],
    ["template", "show", "pengumuman"],
    ["-C", workspace, "post", "new", "pengumuman", "--title", `Jadwal ${name}`],
    ["-C", workspace, "post", "list"],
    ["-C", workspace, "post", "show", `jadwal-${name}`],
    ["-C", workspace, "post", "check", `jadwal-${name}`],
    ["-C", workspace, "post", "status"],
    ["-C", workspace, "post", "submit", `jadwal-${name}`, "--dry-run"],
    ["photo", "resize", photo, "--preset", "web", "--out", path.join(home, `hasil-${name}`)],
    ["completion", "bash"],
    // This one does need it: were it not seen, nothing above would prove anything.
    ["auth", "status"],
  ];
  console.log("what each touches: vault, keychain (strace of every process)");
  const byKeychain = commands("keychain");
  const byPassphrase = commands("passphrase");
  byKeychain.forEach((argv, i) => {
    const seen = [touches(home, homes.keychain, argv), touches(home, homes.passphrase, byPassphrase[i])];
    const vault = seen.some((one) => one.vault);
    const keychain = seen.some((one) => one.keychain);
    const shown = argv.map((word) => (word.startsWith(home) ? path.basename(word) : word)).join(" ");
    console.log(`  kominfo ${shown.padEnd(60)} ${vault ? "vault" : "-"} ${keychain ? "keychain" : "-"}`);
    const needs = argv[0] === "auth";
    if (vault !== needs || keychain !== needs) process.exitCode = 1;
  });
  console.log(process.exitCode ? "FAILED: see above" : "commands that need no secret touch neither");
}

function touches(home, env, argv) {
  const log = path.join(home, "strace");
  const calls = "trace=openat,open,access,stat,lstat,newfstatat,statx,readlink,execve,connect";
  const words = ["-f", "-s", "4096", "-e", calls, "-o", log, process.execPath, kominfo, ...argv];
  const { error, status } = spawnSync("strace", words, {
    env: { ...process.env, ...env },
    cwd: home,
    stdio: "ignore",
  });
  if (error) throw error;
  // What ends early proves nothing; 2 is what an unfinished post ends with.
  if (status !== 0 && !(status === 2 && argv.includes("post")))
    throw new Error(`${argv.join(" ")}: ${status}`);
  const trace = readFileSync(log, "utf8");
  return {
    vault: trace.includes("kominfo/vault.json"),
    keychain: /keychain-child|keytar\.node|libsecret/.test(trace),
  };
}

/** What a command said on stdout; throws with its words when it failed. */
function spoken({ status, stdout, stderr }, argv) {
  if (status !== 0) throw new Error(`kominfo ${argv.join(" ")}: exit ${status}\n${stdout}${stderr}`);
  return stdout;
}
