import { exit, KominfoError, usage } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import { secretValues } from "../environment.js";
import type { AskPassphrase, AskStore, VaultStatus } from "../types.js";
import type { Keychain } from "./keychain.js";
import { openEntries, type SealedVault, sameHeader, type UnlockedVault, type VaultEntry } from "./sealed.js";
import { chosenStore, keychainUnlocker, type Method, passphraseUnlocker, type Unlocker } from "./unlock.js";
import { createVault, readVault, resealVault, updateVault } from "./vault.js";

export interface VaultOptions {
  /** Absolute path of `vault.json`. */
  vaultPath: string;
  environment: Environment;
  /** Undefined where nobody can be asked. */
  askPassphrase?: AskPassphrase | undefined;
  /** Undefined where nobody can be asked. */
  askStore?: AskStore | undefined;
  keychain: Keychain;
  /** Told every secret that is read or stored, so that it can be scrubbed from all output. */
  onSecret: (value: string) => void;
  /** scrypt's N for a new vault; only tests set it. */
  scryptCost?: number | undefined;
}

/** What moving a vault came to. */
interface Moved {
  /** False: it was opened that way before. */
  changed: boolean;
  /** The old key could not be taken out of the keychain; the vault does not need it any more. */
  keyLeft?: KominfoError;
}

/** The vault of one run: opened when first needed, and what opens it is asked for at most once. */
interface OpenedVault {
  /** Empty where there is no vault, or `KOMINFO_STORE=env` leaves it out. */
  entries(): Promise<VaultEntry[]>;
  /** @param work gives the new entries, or undefined when nothing is to be changed */
  change(work: (entries: VaultEntry[]) => VaultEntry[] | undefined): Promise<void>;
  /** Whether there is a vault file. Throws as `readVault` does. */
  exists(): Promise<boolean>;
  /** Makes sure that `change` will work. */
  unlock(): Promise<void>;
  /** Seals the vault for the other method, or makes one for it. */
  move(to: Method): Promise<Moved>;
  status(): Promise<VaultStatus>;
}

export function openVault(options: VaultOptions): OpenedVault {
  const { vaultPath, environment, askStore, keychain, onSecret } = options;
  const unlockers: Record<Method, Unlocker> = {
    passphrase: passphraseUnlocker(options),
    keychain: keychainUnlocker(keychain, onSecret),
  };
  let unlocked: UnlockedVault | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();

  function requireVault(): void {
    if (chosenStore(environment) === "env") throw usage("store-is-environment");
  }

  const fits = (sealed: SealedVault | undefined) =>
    unlocked !== undefined && (!sealed || sameHeader(sealed.header, unlocked.header));

  /**
   * Unlocks at most once in a run, also when several ask at once; again only when another process has made the
   * vault anew.
   */
  function unlockedFor(sealed: SealedVault | undefined): Promise<UnlockedVault> {
    const turn = lastTurn.then(async () => {
      if (unlocked && fits(sealed)) return unlocked;
      unlocked = sealed ? await open(sealed) : await create();
      return unlocked;
    });
    lastTurn = turn.catch(() => {});
    return turn;
  }

  /** The vault as it is now, and its key; undefined where there is none. */
  async function present(): Promise<{ sealed: SealedVault; key: UnlockedVault } | undefined> {
    for (;;) {
      const sealed = await readVault(vaultPath);
      if (!sealed) return undefined;
      try {
        return { sealed, key: await unlockedFor(sealed) };
      } catch (error) {
        // Another process may have moved the vault, and taken its old key away, while this one looked for that key.
        const now = await readVault(vaultPath);
        if (!now || sameHeader(now.header, sealed.header)) throw error;
      }
    }
  }

  const open = (sealed: SealedVault) => unlockers[sealed.header.unlock.method].open(sealed.header, vaultPath);

  /** A new vault: by the method that was chosen, else by the one that a person chooses now. */
  async function create(): Promise<UnlockedVault> {
    const chosen = chosenStore(environment);
    if (chosen === "keychain" || chosen === "passphrase") return createBy(chosen);
    if (!askStore) throw usage("passphrase-source-missing");
    let problem: KominfoError | undefined;
    for (;;) {
      const method = await askStore({ problem });
      try {
        return await createBy(method);
      } catch (error) {
        // A keychain that does not work here leaves the choice open.
        if (method !== "keychain" || !isOfKeychain(error)) throw error;
        problem = error;
      }
    }
  }

  /** By passphrase nothing is written yet; the keychain's key and its empty vault are made together. */
  async function createBy(method: Method): Promise<UnlockedVault> {
    if (method === "passphrase") return unlockers.passphrase.create();
    const made = await createVault(vaultPath, () => unlockers.keychain.create());
    if (made) return made;
    const sealed = await readVault(vaultPath);
    return sealed ? open(sealed) : createBy(method);
  }

  function opened(sealed: SealedVault, { key }: UnlockedVault): VaultEntry[] {
    const entries = openEntries(sealed, key, vaultPath);
    for (const value of entries.flatMap((entry) => secretValues(entry.secret))) onSecret(value);
    return entries;
  }

  /** Makes a vault for `to` where there is none: by passphrase, it is written at once here. */
  async function makeFor(to: Method): Promise<void> {
    unlocked = await createBy(to);
    await updateVault(vaultPath, unlocked, (entries) => entries);
  }

  async function takeKeyAway(id: string | undefined): Promise<KominfoError | undefined> {
    if (id === undefined) return undefined;
    try {
      await keychain.remove(id);
      return undefined;
    } catch (error) {
      if (isOfKeychain(error)) return error;
      throw error;
    }
  }

  return {
    async entries() {
      if (chosenStore(environment) === "env") return [];
      const now = await present();
      return now ? opened(now.sealed, now.key) : [];
    },

    async change(work) {
      requireVault();
      // A person may take a minute over the passphrase: it is asked for before the lock is taken.
      for (;;) {
        const key = (await present())?.key ?? (await unlockedFor(undefined));
        if (await updateVault(vaultPath, key, work)) return;
      }
    },

    async exists() {
      requireVault();
      return (await readVault(vaultPath)) !== undefined;
    },

    async unlock() {
      requireVault();
      const now = await present();
      if (now) opened(now.sealed, now.key);
      else await unlockedFor(undefined);
    },

    async move(to) {
      requireVault();
      for (let made = false; ; ) {
        const now = await present();
        if (!now) {
          await makeFor(to);
          made = true;
          continue;
        }
        opened(now.sealed, now.key);
        const { id, unlock } = now.sealed.header;
        const same = unlock.method === to;
        if (same && (made || to === "keychain")) return { changed: made };
        // A new passphrase is asked for before the lock is taken; the keychain's key may only change under it.
        const ready = same
          ? now.key
          : to === "passphrase"
            ? await unlockers.passphrase.create(id)
            : undefined;
        let keyLeft: KominfoError | undefined;
        const moved = await resealVault(
          vaultPath,
          now.key,
          async () => ready ?? unlockers.keychain.create(id),
          async () => {
            // Also where it was a passphrase's before: a move that was killed may have left a key.
            if (to === "passphrase") keyLeft = await takeKeyAway(id);
          },
        );
        if (!moved) continue;
        unlocked = moved;
        return { changed: !same, ...(keyLeft && !same && { keyLeft }) };
      }
    },

    async status() {
      const chosen = chosenStore(environment);
      const told = (
        state: VaultStatus["state"],
        unlock: VaultStatus["unlock"] = chosen ?? "passphrase",
        problem?: KominfoError,
      ): VaultStatus => ({ path: vaultPath, unlock, state, ...(problem && { problem }) });
      let method: VaultStatus["unlock"] | undefined;
      try {
        const sealed = await readVault(vaultPath);
        if (!sealed) return told("missing");
        if (chosen === "env") return told("locked");
        method = sealed.header.unlock.method;
        if (unlockers[method].asks && !fits(sealed)) return told("locked", method);
        const now = await present();
        if (!now) return told("missing");
        method = now.sealed.header.unlock.method;
        opened(now.sealed, now.key);
        return told("ok", method);
      } catch (error) {
        if (!(error instanceof KominfoError)) throw error;
        // That the passphrase is missing (exit 2) or wrong (exit 4), or the keychain closed, says nothing of the file.
        const damaged = error.exit === exit.failed && !isOfKeychain(error);
        return told(damaged ? "damaged" : "locked", method, error);
      }
    },
  };
}

function isOfKeychain(error: unknown): error is KominfoError {
  return error instanceof KominfoError && error.code.startsWith("keychain-");
}
