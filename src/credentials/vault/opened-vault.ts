import { exit, failed, KominfoError, usage } from "../../errors/errors.js";
import { secretValues } from "../environment.js";
import type { AskPassphrase, VaultStatus } from "../types.js";
import { newPassphraseKey } from "./new-passphrase.js";
import { openEntries, type SealedVault, sameHeader, type UnlockedVault, type VaultEntry } from "./sealed.js";
import type { OpenedVault, VaultOptions } from "./types.js";
import { chosenStore, keychainUnlocker, type Method, passphraseUnlocker, type Unlocker } from "./unlock.js";
import { createVault, readVault, resealVault, updateVault } from "./vault.js";

interface LoadedVault {
  sealed: SealedVault;
  key: UnlockedVault;
}

export function openVault(options: VaultOptions): OpenedVault {
  const { vaultPath, environment, askStore, keychain, holder, onSecret } = options;
  const unlockers: Record<Method, Unlocker> = {
    passphrase: passphraseUnlocker(options),
    keychain: keychainUnlocker(keychain, onSecret),
  };
  let unlocked: UnlockedVault | undefined;
  let lastUnlock: Promise<unknown> = Promise.resolve();

  function requireVault(): void {
    if (chosenStore(environment) === "env") throw usage("store-is-environment");
  }

  const fits = (sealed: SealedVault | undefined) =>
    unlocked !== undefined && (!sealed || sameHeader(sealed.header, unlocked.header));

  /**
   * Unlocks once in a run; concurrent callers share the result. Unlocks again only when another process has given the
   * vault a new header.
   */
  function unlockedFor(sealed: SealedVault | undefined): Promise<UnlockedVault> {
    const unlocking = lastUnlock.then(async () => {
      if (unlocked && fits(sealed)) return unlocked;
      unlocked = sealed ? await open(sealed) : await create();
      return unlocked;
    });
    lastUnlock = unlocking.catch(() => {});
    return unlocking;
  }

  /** Returns the vault on disk and its key; undefined where there is no vault. */
  async function load(): Promise<LoadedVault | undefined> {
    for (;;) {
      const sealed = await readVault(vaultPath);
      if (!sealed) return undefined;
      try {
        return { sealed, key: await unlockedFor(sealed) };
      } catch (error) {
        // Another process may have moved the vault, and removed its old key, while this one looked for that key.
        const now = await readVault(vaultPath);
        if (!now || sameHeader(now.header, sealed.header)) throw error;
      }
    }
  }

  /** The key that is held, where a person would be asked: what the environment configures goes before. */
  async function openHeld({ header }: SealedVault): Promise<UnlockedVault | undefined> {
    const { method } = header.unlock;
    if (method !== "passphrase" || !unlockers[method].asks) return undefined;
    const found = await holder.held(header);
    if (!found) return undefined;
    onSecret(found.key.toString("base64"));
    return { header, key: found.key };
  }

  const open = async (sealed: SealedVault) =>
    (await openHeld(sealed)) ?? unlockers[sealed.header.unlock.method].open(sealed.header, vaultPath);

  /** The vault and its key by the passphrase itself, not by a key that is held. */
  async function openByPassphrase(changing: boolean): Promise<LoadedVault | undefined> {
    requireVault();
    const sealed = await readVault(vaultPath);
    if (!sealed) throw failed("vault-missing", { path: vaultPath });
    if (sealed.header.unlock.method !== "passphrase") return undefined;
    const asking = changing
      ? passphraseUnlocker({ ...options, askPassphrase: askPresent })
      : unlockers.passphrase;
    unlocked = await asking.open(sealed.header, vaultPath);
    const vault = { sealed, key: unlocked };
    decrypt(vault);
    return vault;
  }

  const { askPassphrase } = options;
  const askPresent =
    askPassphrase &&
    ((question: Parameters<AskPassphrase>[0]) => askPassphrase({ ...question, changing: true }));

  /** Creates a vault with the configured method, else with the one that a person chooses now. */
  async function create(): Promise<UnlockedVault> {
    const chosen = chosenStore(environment);
    if (chosen === "keychain" || chosen === "passphrase") return createBy(chosen);
    if (!askStore) throw usage("passphrase-source-missing", { isNew: true });
    let problem: KominfoError | undefined;
    for (;;) {
      const method = await askStore({ problem });
      try {
        return await createBy(method);
      } catch (error) {
        // When the keychain does not work here, the person chooses again.
        if (method !== "keychain" || !isKeychainError(error)) throw error;
        problem = error;
      }
    }
  }

  /** Writes nothing yet for a passphrase. For the keychain, stores the key and an empty vault under one lock. */
  async function createBy(method: Method): Promise<UnlockedVault> {
    if (method === "passphrase") return unlockers.passphrase.create();
    const made = await createVault(vaultPath, () => unlockers.keychain.create());
    if (made) return made;
    const sealed = await readVault(vaultPath);
    return sealed ? open(sealed) : createBy(method);
  }

  /** Decrypts the entries and reports their secrets to `onSecret`. */
  function decrypt({ sealed, key: { key } }: LoadedVault): VaultEntry[] {
    const entries = openEntries(sealed, key, vaultPath);
    for (const value of entries.flatMap((entry) => secretValues(entry.secret))) onSecret(value);
    return entries;
  }

  /** Creates a vault where there is none, and writes it at once for a passphrase too. */
  async function createFor(to: Method): Promise<void> {
    unlocked = await createBy(to);
    await updateVault(vaultPath, unlocked, (entries) => entries);
  }

  /** Returns the keychain's error instead of throwing it. */
  async function removeKey(id: string | undefined): Promise<KominfoError | undefined> {
    if (id === undefined) return undefined;
    try {
      await keychain.remove(id);
      return undefined;
    } catch (error) {
      if (isKeychainError(error)) return error;
      throw error;
    }
  }

  return {
    async entries() {
      if (chosenStore(environment) === "env") return [];
      const vault = await load();
      return vault ? decrypt(vault) : [];
    },

    async change(work) {
      requireVault();
      // A person may need a minute to type the passphrase, so ask for it before taking the lock.
      for (;;) {
        const key = (await load())?.key ?? (await unlockedFor(undefined));
        if (await updateVault(vaultPath, key, work)) return;
      }
    },

    async exists() {
      requireVault();
      return (await readVault(vaultPath)) !== undefined;
    },

    async unlock() {
      requireVault();
      const vault = await load();
      if (vault) decrypt(vault);
      else await unlockedFor(undefined);
    },

    async move(to) {
      requireVault();
      for (let created = false; ; ) {
        const vault = await load();
        if (!vault) {
          await createFor(to);
          created = true;
          continue;
        }
        decrypt(vault);
        const { id, unlock } = vault.sealed.header;
        const isSameMethod = unlock.method === to;
        if (isSameMethod && (created || to === "keychain")) return { changed: created };
        // Ask for a new passphrase before taking the lock. The keychain's key may only change under the lock.
        const newKey = isSameMethod
          ? vault.key
          : to === "passphrase"
            ? await unlockers.passphrase.create(id)
            : undefined;
        let keyLeft: KominfoError | undefined;
        const moved = await resealVault(
          vaultPath,
          vault.key,
          async () => newKey ?? unlockers.keychain.create(id),
          async () => {
            // Also when a passphrase opened the vault before: a killed move may have left a key.
            if (to === "passphrase") keyLeft = await removeKey(id);
            else await holder.release();
          },
        );
        if (!moved) continue;
        unlocked = moved;
        return { changed: !isSameMethod, ...(keyLeft && !isSameMethod && { keyLeft }) };
      }
    },

    async changePassphrase() {
      for (;;) {
        const vault = await openByPassphrase(true);
        if (!vault) throw failed("vault-without-passphrase", { path: vaultPath });
        const fresh = await newPassphraseKey(options, vault.sealed.header, vaultPath);
        const resealed = await resealVault(
          vaultPath,
          vault.key,
          async () => fresh,
          async () => void (await holder.release()),
        );
        // Another process has given the vault a new header meanwhile: its passphrase is asked for.
        if (!resealed) continue;
        unlocked = resealed;
        return;
      }
    },

    async holdOpen(until) {
      const vault = await openByPassphrase(false);
      if (vault) await holder.hold(vault.key, until);
      return vault !== undefined;
    },

    async status() {
      const chosen = chosenStore(environment);
      const report = (
        state: VaultStatus["state"],
        unlock: VaultStatus["unlock"] = chosen ?? "passphrase",
        problem?: KominfoError,
      ): VaultStatus => ({ path: vaultPath, unlock, state, ...(problem && { problem }) });
      const heldUntil = async ({ header }: SealedVault) => {
        const found = header.unlock.method === "passphrase" ? await holder.held(header) : undefined;
        return found && { open_until: found.until.toISOString() };
      };
      let method: VaultStatus["unlock"] | undefined;
      try {
        const sealed = await readVault(vaultPath);
        if (!sealed) return report("missing");
        if (chosen === "env") return report("locked");
        method = sealed.header.unlock.method;
        if (unlockers[method].asks && !fits(sealed)) {
          const held = await openHeld(sealed);
          if (!held) return report("locked", method);
          unlocked = held;
        }
        const vault = await load();
        if (!vault) return report("missing");
        method = vault.sealed.header.unlock.method;
        decrypt(vault);
        return { ...report("ok", method), ...(await heldUntil(vault.sealed)) };
      } catch (error) {
        if (!(error instanceof KominfoError)) throw error;
        // A missing (exit 2) or wrong (exit 4) passphrase and a locked keychain do not mean that the file is damaged.
        const damaged = error.exit === exit.failed && !isKeychainError(error);
        return report(damaged ? "damaged" : "locked", method, error);
      }
    },
  };
}

function isKeychainError(error: unknown): error is KominfoError {
  return error instanceof KominfoError && error.code.startsWith("keychain-");
}
