import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { apiPath } from "../../src/contract/contract.js";
import { sha256 } from "../../src/files/hash.js";
import { untruths } from "./truth.js";

/** The program as it is installed: bin/kominfo.js over dist/, in a process of its own. */
export const kominfoFile = path.resolve(import.meta.dirname, "../../bin/kominfo.js");
if (!existsSync(path.resolve(kominfoFile, "../../dist/main.js"))) {
  throw new Error("These tests run the built program: npm run build");
}

export interface RunOptions {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Piped in; nothing when left out. */
  stdin?: string;
  /** Another version's bin/kominfo.js. */
  program?: string;
}

export interface Ended {
  /** null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A process that still runs. */
export interface Running {
  process: ChildProcess;
  /** What it said so far. */
  printed: { stdout: string; stderr: string };
  /** Waits until stdout and stderr together match. */
  says(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

/** Starts the program with exactly this environment and PATH: nothing of the person who runs the tests leaks in. */
export function startKominfo(argv: readonly string[], options: RunOptions & { cwd: string }): Running {
  const child = spawn(process.execPath, [options.program ?? kominfoFile, ...argv], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH ?? "", ...options.env },
  });
  const printed = { stdout: "", stderr: "" };
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      // Another version may say what this one does not.
      const told = options.program ? [] : untruths({ argv, code, ...printed });
      if (told.length > 0) reject(new Error(`says more than is true:\n${told.join("\n")}`));
      else resolve({ code, ...printed });
    });
  });
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  }
  child.stdin.on("error", () => {}).end(options.stdin ?? "");
  return {
    process: child,
    printed: printed,
    kill: (signal) => child.kill(signal),
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(printed.stdout + printed.stderr) && resolve();
        child.stdout.on("data", look);
        child.stderr.on("data", look);
        child.on("close", () =>
          reject(new Error(`ended without ${pattern}: ${printed.stdout}${printed.stderr}`)),
        );
        look();
      }),
  };
}

/** A person's computer: a home of its own, a workspace in it, and a vault that opens by a passphrase in a file. */
export interface Computer {
  home: string;
  workspace: string;
  passphrase: string;
  env: Record<string, string>;
  /** In the workspace, with nothing typed, unless told otherwise. */
  run(argv: readonly string[], options?: RunOptions): Promise<Ended>;
  start(argv: readonly string[], options?: RunOptions): Running;
  /** The one document of `--json`; fails unless it ends with 0. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  json(argv: readonly string[], options?: RunOptions): Promise<any>;
  /** Every file of the home, workspace included, that contains this text. */
  filesWith(text: string): Promise<string[]>;
  remove(): Promise<void>;
}

export interface ComputerOptions {
  /** Of the newsroom in kominfo.yaml. */
  origin?: string;
  /** Taken from the environment in every run: no vault is opened. */
  token?: string;
  /** False: the workspace is an empty folder. */
  initialised?: boolean;
}

export async function openComputer(options: ComputerOptions = {}): Promise<Computer> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-computer-"));
  const home = path.join(folder, "home");
  const workspace = path.join(home, "berita");
  await mkdir(workspace, { recursive: true });
  if (options.initialised !== false) {
    const newsroom = options.origin ? `newsroom: { kind: kominfo, url: "${options.origin}" }\n` : "";
    await writeFile(path.join(workspace, "kominfo.yaml"), `kecamatan: "32.16.07"\n${newsroom}`);
  }
  const passphrase = `frasa sandi ${randomUUID()}`;
  const passphraseFile = path.join(folder, "frasa-sandi");
  await writeFile(passphraseFile, `${passphrase}\n`, { mode: 0o600 });
  const env = {
    HOME: home,
    TMPDIR: tmpdir(),
    KOMINFO_PASSPHRASE_FILE: passphraseFile,
    ...(options.token ? { KOMINFO_NEWSROOM_TOKEN: options.token } : {}),
  };
  const start: Computer["start"] = (argv, given = {}) =>
    startKominfo(argv, { cwd: workspace, ...given, env: { ...env, ...given.env } });
  const run: Computer["run"] = (argv, given) => start(argv, given).ended;
  return {
    home,
    workspace,
    passphrase,
    env,
    run,
    start,
    async json(argv, given) {
      const { code, stdout, stderr } = await run([...argv, "--json"], given);
      if (code !== 0) throw new Error(`${argv.join(" ")}: ${code}, ${stderr}`);
      return JSON.parse(stdout);
    },
    async filesWith(text) {
      const found: string[] = [];
      for (const [name, file] of await filesBelow(home)) {
        if ((await readFile(file)).includes(text)) found.push(name);
      }
      return found;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A newsroom run by `kominfo newsroom serve`, in a process and a folder of its own. */
export interface ServedNewsroom {
  url: string;
  /** Its data folder. */
  folder: string;
  process: ChildProcess;
  /** Adds a person by `newsroom user add`; operators are of Cibitung. */
  token(role: "operator" | "editor" | "admin"): Promise<string>;
  /** Takes away the access of the person whose token this is. */
  revoke(token: string): Promise<void>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  get(address: string, token: string): Promise<any>;
  /** Hashes of the photos that it keeps, each checked against its bytes. */
  photos(): Promise<string[]>;
  /** SIGTERM; gives its exit code. */
  stop(): Promise<number | null>;
  /** The same folder in a new process; its address is another one. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Stores other than the data folder: flags and environment of every command that opens them. */
export interface OtherStores {
  argv: string[];
  env: Record<string, string>;
}

export async function startNewsroom(stores: OtherStores = { argv: [], env: {} }): Promise<ServedNewsroom> {
  const { env } = stores;
  const office = await openComputer({ initialised: false });
  const folder = path.join(office.home, "newsroom");
  const start = async () => {
    const service = office.start(
      ["newsroom", "serve", "--port", "0", "--json", "--data", folder, ...stores.argv],
      { env },
    );
    await service.says(/"url":.*\n/);
    return { service, url: JSON.parse(service.printed.stdout).url as string };
  };
  let { service, url } = await start();
  const people = new Map<string, string>();
  const newsroom: ServedNewsroom = {
    url,
    folder,
    process: service.process,
    async token(role) {
      const place = role === "operator" ? ["--kecamatan", "Cibitung"] : [];
      const name = `${role} ${randomUUID().slice(0, 8)}`;
      const add = ["newsroom", "user", "add", "--data", folder, "--name", name, "--role", role];
      const { user, token } = await office.json([...add, ...place, "--token"], { env });
      people.set(token, user.id);
      return token;
    },
    async revoke(token) {
      await office.json(["newsroom", "user", "revoke", people.get(token) ?? "", "--data", folder], { env });
    },
    async get(address, token) {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(newsroom.url + apiPath + address, { headers })).json();
    },
    async photos() {
      const found: string[] = [];
      for (const [name, file] of await filesBelow(path.join(folder, "blobs"))) {
        const hash = path.basename(name);
        if (sha256(await readFile(file)) !== hash) throw new Error(`${name} does not match its hash`);
        found.push(hash);
      }
      return found.sort();
    },
    async stop() {
      service.kill("SIGTERM");
      return (await service.ended).code;
    },
    async restart() {
      await service.ended;
      ({ service, url } = await start());
      Object.assign(newsroom, { url, process: service.process });
    },
    async remove() {
      await newsroom.stop();
      await office.remove();
    },
  };
  return newsroom;
}

/** All files below a folder: path relative to it, and whole path. */
export async function filesBelow(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [path.relative(folder, file), file]);
}

/** What lies below a folder, to be compared with what lies there later: each file's bytes and mode, each folder. */
export async function treeOf(folder: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const { mode } = await stat(file);
    const bytes = entry.isFile() ? sha256(await readFile(file)) : "folder";
    tree[path.relative(folder, file)] = `${mode.toString(8)} ${bytes}`;
  }
  return tree;
}
