import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type CredentialsOptions, createCredentials } from "../../src/credentials/store.js";
import type { Credential, Credentials } from "../../src/credentials/types.js";

export const redaksi = "https://redaksi.example.go.id";
export const passphrase = "empat kata acak saja";
/** Guessing is cheap at this cost, and so are tests. */
export const quickCost = 2 ** 10;

/** A person's configuration folder, with a passphrase file beside it. */
export interface Place {
  folder: string;
  vaultPath: string;
  auditPath: string;
  passphraseFile: string;
  /** Every secret that was reported to the scrubber. */
  heard: string[];
  /** Another run of kominfo there; by default it takes the passphrase from the file. */
  run(options?: Partial<CredentialsOptions>): Credentials;
  remove(): Promise<void>;
}

export async function makePlace(): Promise<Place> {
  const root = await mkdtemp(path.join(tmpdir(), "kominfo-credentials-"));
  const folder = path.join(root, "config", "kominfo");
  const passphraseFile = path.join(root, "passphrase");
  await writeFile(passphraseFile, `${passphrase}\n`, { mode: 0o600 });
  const heard: string[] = [];
  const vaultPath = path.join(folder, "vault.json");
  return {
    folder,
    vaultPath,
    auditPath: path.join(folder, "audit.jsonl"),
    passphraseFile,
    heard,
    run: (options) =>
      createCredentials({
        vaultPath,
        environment: { KOMINFO_PASSPHRASE_FILE: passphraseFile },
        now: () => new Date("2026-03-01T08:00:00Z"),
        onSecret: (value) => heard.push(value),
        scryptCost: quickCost,
        ...options,
      }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

export function login(change: Partial<Credential> = {}): Omit<Credential, "source"> {
  return {
    service: "newsroom",
    account: "default",
    origin: redaksi,
    kind: "personal",
    secret: { token: "knr_rahasia-sekali" },
    ...change,
  };
}
