import path from "node:path";
import { denied, exit, KominfoError, usage } from "../errors.js";
import type { Environment } from "../terminal/host.js";
import { appendAudit } from "./audit.js";
import { environmentSecret, kindOf, secretValues, setVariables } from "./environment.js";
import { checkOrigin } from "./origin.js";
import { openEntries, type SealedVault, sameHeader, type UnlockedVault, type VaultEntry } from "./sealed.js";
import type {
  Account,
  AskPassphrase,
  Credential,
  Credentials,
  ListedAccount,
  Service,
  VaultStatus,
} from "./types.js";
import { chosenStore, passphraseUnlocker } from "./unlock.js";
import { serviceVariables } from "./variables.js";
import { readVault, updateVault } from "./vault.js";

export interface CredentialsOptions {
  /** Absolute path of `vault.json`; `audit.jsonl` is kept beside it. */
  vaultPath: string;
  environment: Environment;
  /** Undefined where nobody can be asked. */
  askPassphrase?: AskPassphrase | undefined;
  now: () => Date;
  /** Told every secret that is read or stored, so that it can be scrubbed from all output. */
  onSecret: (value: string) => void;
  /** scrypt's N for a new vault; only tests set it. */
  scryptCost?: number;
}

const defaultAccount = "default";

/** The credentials of this person on this machine: the environment first, then the vault. Touches nothing yet. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { vaultPath, environment, now, onSecret } = options;
  const unlocker = passphraseUnlocker(options);
  let unlocked: UnlockedVault | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();

  /** The store that keeps things, as far as it can be used. Throws a clear word for the others (exit 2). */
  function requireVault(): void {
    const store = chosenStore(environment);
    if (store === "keychain") throw usage("keychain-unsupported");
    if (store === "env") throw usage("store-is-environment");
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
      unlocked = sealed ? await unlocker.open(sealed.header, vaultPath) : await unlocker.create();
      return unlocked;
    });
    lastTurn = turn.catch(() => {});
    return turn;
  }

  function opened(sealed: SealedVault, { key }: UnlockedVault): VaultEntry[] {
    const entries = openEntries(sealed, key, vaultPath);
    for (const value of entries.flatMap((entry) => secretValues(entry.secret))) onSecret(value);
    return entries;
  }

  async function readEntries(): Promise<VaultEntry[]> {
    if (chosenStore(environment) === "env") return [];
    requireVault();
    const sealed = await readVault(vaultPath);
    return sealed ? opened(sealed, await unlockedFor(sealed)) : [];
  }

  /** A person may take a minute over the passphrase: it is asked for before the lock is taken. */
  async function change(work: (entries: VaultEntry[]) => VaultEntry[] | undefined): Promise<void> {
    for (;;) {
      const key = await unlockedFor(await readVault(vaultPath));
      if (await updateVault(vaultPath, key, work)) return;
    }
  }

  function fromEnvironment(service: Service): Record<string, string> | undefined {
    const secret = environmentSecret(environment, service);
    if (secret) for (const value of secretValues(secret)) onSecret(value);
    return secret;
  }

  async function audited(action: "login" | "logout", account: Account, work: () => Promise<void>) {
    const record = { action, service: account.service, account: account.account };
    const log = path.join(path.dirname(vaultPath), "audit.jsonl");
    try {
      await work();
    } catch (error) {
      const result = error instanceof KominfoError ? error.code : "bug";
      // What went wrong with the vault is worth more than what may now go wrong with the log.
      await appendAudit(log, { time: now().toISOString(), ...record, result }).catch(() => {});
      throw error;
    }
    await appendAudit(log, { time: now().toISOString(), ...record, result: "done" });
  }

  async function status(): Promise<VaultStatus> {
    const unlock = chosenStore(environment);
    const told = (state: VaultStatus["state"], problem?: KominfoError): VaultStatus => ({
      path: vaultPath,
      unlock,
      state,
      ...(problem && { problem }),
    });
    try {
      const sealed = await readVault(vaultPath);
      if (unlock === "keychain") return told(sealed ? "locked" : "missing", usage("keychain-unsupported"));
      if (!sealed) return told("missing");
      if (unlock === "env" || (unlocker.asks && !fits(sealed))) return told("locked");
      opened(sealed, await unlockedFor(sealed));
      return told("ok");
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      // That the passphrase is missing (exit 2) or wrong (exit 4) says nothing of the file.
      return told(error.exit === exit.failed ? "damaged" : "locked", error);
    }
  }

  return {
    async get(service, address, account) {
      const origin = checkOrigin(address);
      if (account === undefined || account === defaultAccount) {
        const secret = fromEnvironment(service);
        if (secret) {
          return { service, account: defaultAccount, origin, kind: kindOf(service), source: "env", secret };
        }
      }
      const entries = (await readEntries()).filter((entry) => matches(entry, service, account));
      return { ...pick(entries, service, origin), source: "vault" };
    },

    async unlock() {
      requireVault();
      const sealed = await readVault(vaultPath);
      const key = await unlockedFor(sealed);
      if (sealed) opened(sealed, key);
    },

    async save(credential) {
      requireVault();
      const entry = toEntry(credential, now());
      for (const value of secretValues(entry.secret)) onSecret(value);
      await audited("login", toAccount(entry), () =>
        change((entries) => [...entries.filter((other) => !isSame(other, entry)), entry]),
      );
    },

    async markChecked(account, at) {
      if (account.source === "env") return;
      requireVault();
      if (!(await readVault(vaultPath))) return;
      const checked_at = at.toISOString();
      await change((entries) =>
        entries.some((entry) => isSame(entry, account))
          ? entries.map((entry) => (isSame(entry, account) ? { ...entry, checked_at } : entry))
          : undefined,
      );
    },

    async remove(service, account) {
      const going = (await readEntries()).filter((entry) => matches(entry, service, account));
      for (const entry of going) {
        await audited("logout", toAccount(entry), () =>
          change((entries) => {
            const kept = entries.filter((other) => !isSame(other, entry));
            return kept.length < entries.length ? kept : undefined;
          }),
        );
      }
      return going.map(toAccount);
    },

    async list({ ask = true } = {}) {
      const services = Object.keys(serviceVariables) as Service[];
      const set = services.filter((service) => setVariables(environment, service).length > 0);
      const fromVault = ask || (await status()).state === "ok" ? await readEntries() : [];
      return [...set.map(environmentAccount), ...fromVault.map(toAccount)];
    },

    shadowing: (service) => setVariables(environment, service),

    status,
  };
}

type Identity = Pick<Account, "service" | "account" | "origin">;

function isSame(one: Identity, other: Identity): boolean {
  return one.service === other.service && one.account === other.account && one.origin === other.origin;
}

function matches(entry: VaultEntry, service: Service, account: string | undefined): boolean {
  return entry.service === service && (account === undefined || entry.account === account);
}

/** The one entry of these that is meant at `origin`. */
function pick(entries: readonly VaultEntry[], service: Service, origin: string): VaultEntry {
  const here = entries.filter((entry) => entry.origin === origin);
  const [first, ...others] = here;
  if (!first) {
    const stored = [...new Set(entries.map((entry) => entry.origin))];
    if (stored.length > 0) throw denied("credential-other-origin", { service, asked: origin, stored });
    throw denied("not-logged-in", { service, origin });
  }
  if (others.length === 0) return first;
  const usual = here.find((entry) => entry.account === defaultAccount);
  if (usual) return usual;
  throw usage("several-accounts", { service, accounts: here.map((entry) => entry.account) });
}

/** Field by field, so that nothing else that the caller's object holds gets into the vault. */
function toEntry(credential: Omit<Credential, "source">, now: Date): VaultEntry {
  const { service, account, origin, kind, obtained_at, expires_at, checked_at, secret } = credential;
  // Names are shown in tables and in the audit log.
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u.test(account)) throw usage("account-name-invalid");
  return {
    service,
    account,
    origin: checkOrigin(origin),
    kind,
    obtained_at: obtained_at ?? now.toISOString(),
    expires_at,
    checked_at,
    secret: { ...secret },
  };
}

function toAccount({ secret: _, ...account }: VaultEntry): Account {
  return { ...account, source: "vault" };
}

function environmentAccount(service: Service): ListedAccount {
  return { service, account: defaultAccount, origin: null, kind: kindOf(service), source: "env" };
}
