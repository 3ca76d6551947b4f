import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type HostOptions, kominfo, type Ran } from "./host.js";

/** A person's machine: a home, a workspace below it, and a passphrase in a file. */
export interface Laptop {
  home: string;
  workspace: string;
  /** Of the vault. */
  vault: string;
  passphraseFile: string;
  /** Runs a command line in the workspace, with the passphrase at hand. */
  run(argv: readonly string[], options?: Partial<HostOptions>): Promise<Ran>;
  /** Its JSON, which must be the whole of stdout. */
  json<T = Record<string, never>>(argv: readonly string[], options?: Partial<HostOptions>): Promise<T>;
  /** Every file of the home that contains this text. */
  filesWith(text: string): Promise<string[]>;
  remove(): Promise<void>;
}

/** @param origin of the newsroom that kominfo.yaml names, if any */
export async function openLaptop(origin?: string, kecamatan = "32.16.07"): Promise<Laptop> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-laptop-"));
  const home = path.join(folder, "home");
  const workspace = path.join(home, "berita");
  await mkdir(workspace, { recursive: true });
  const address = origin ? `newsroom: { kind: kominfo, url: "${origin}" }\n` : "";
  await writeFile(path.join(workspace, "kominfo.yaml"), `kecamatan: "${kecamatan}"\n${address}`);
  const passphraseFile = path.join(folder, "passphrase");
  await writeFile(passphraseFile, "kuda baterai staples benar\n", { mode: 0o600 });
  const run: Laptop["run"] = (argv, options = {}) =>
    kominfo(argv, {
      cwd: workspace,
      home,
      ...options,
      env: { KOMINFO_PASSPHRASE_FILE: passphraseFile, ...options.env },
    });
  return {
    home,
    workspace,
    vault: path.join(home, ".config", "kominfo", "vault.json"),
    passphraseFile,
    run,
    async json(argv, options) {
      const { stdout, stderr } = await run([...argv, "--json"], options);
      if (stdout === "") throw new Error(stderr);
      return JSON.parse(stdout);
    },
    async filesWith(text) {
      const entries = await readdir(home, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
      const contents = await Promise.all(files.map((file) => readFile(file)));
      return files.filter((_, i) => contents[i]!.includes(text));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
