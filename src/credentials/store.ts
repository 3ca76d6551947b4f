import { denied, KominfoError, usage } from "../errors/errors.js";
import { type AuditRecord, appendAudit, auditFile } from "./audit.js";
import { environmentSecret, kindOf, secretValues, setVariables } from "./environment.js";
import { checkOrigin } from "./origin.js";
import type { Account, Credential, Credentials, ListedAccount, Service } from "./types.js";
import { serviceVariables } from "./variables.js";
import { personLimitMs, silentLimitMs, systemKeychain } from "./vault/keychain.js";
import { openVault, type VaultOptions } from "./vault/opened-vault.js";
import type { VaultEntry } from "./vault/sealed.js";

/** `audit.jsonl` is kept beside the vault. */
export interface CredentialsOptions extends Omit<VaultOptions, "keychain"> {
  /** The system's unless a test brings its own. */
  keychain?: VaultOptions["keychain"];
  /** Called while the system's keyring lets wait: it may have opened a window of its own. */
  onKeychainWait?: (() => void) | undefined;
  now: () => Date;
}

const defaultAccount = "default";

/** The credentials of this person on this machine: the environment first, then the vault. Touches nothing yet. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { vaultPath, environment, now, onSecret } = options;
  const keychain =
    options.keychain ??
    systemKeychain({
      environment,
      limitMs: options.askPassphrase ? personLimitMs : silentLimitMs,
      onWait: options.onKeychainWait,
    });
  const vault = openVault({ ...options, keychain });

  function fromEnvironment(service: Service): Record<string, string> | undefined {
    const secret = environmentSecret(environment, service);
    if (secret) for (const value of secretValues(secret)) onSecret(value);
    return secret;
  }

  /** Does it and writes it down, done or failed. */
  async function audited<T>(
    about: Pick<AuditRecord, "action" | "service" | "account">,
    work: () => Promise<T>,
  ): Promise<T> {
    const { action, service, account } = about;
    const log = auditFile(vaultPath);
    const line = (result: string) =>
      appendAudit(log, { time: now().toISOString(), action, service, account, result });
    let done: T;
    try {
      done = await work();
    } catch (error) {
      // What went wrong with the vault is worth more than what may now go wrong with the log.
      await line(error instanceof KominfoError ? error.code : "bug").catch(() => {});
      throw error;
    }
    await line("done");
    return done;
  }

  return {
    async get(service, address, account, source) {
      const origin = checkOrigin(address);
      if (source !== "vault" && (account === undefined || account === defaultAccount)) {
        const secret = fromEnvironment(service);
        if (secret) {
          return { service, account: defaultAccount, origin, kind: kindOf(service), source: "env", secret };
        }
      }
      const entries = (await vault.entries()).filter((entry) => matches(entry, service, account));
      return { ...pick(entries, service, origin), source: "vault" };
    },

    unlock: vault.unlock,

    async save(credential, action = "login") {
      const entry = toEntry(credential, now());
      for (const value of secretValues(entry.secret)) onSecret(value);
      const { service, account } = entry;
      await audited({ action, service, account }, () =>
        vault.change((entries) => [...entries.filter((other) => !isSame(other, entry)), entry]),
      );
    },

    async takeAll(chosen) {
      const taken: Credential[] = [];
      for (const entry of await vault.entries()) {
        if (!chosen(toAccount(entry))) continue;
        const { service, account } = entry;
        await audited({ action: "export", service, account }, async () =>
          taken.push({ ...entry, source: "vault" }),
        );
      }
      return taken;
    },

    move: (to) => audited({ action: "store" }, () => vault.move(to)),

    async markChecked(account, at, expires_at) {
      if (account.source === "env" || !(await vault.exists())) return;
      const checked_at = at.toISOString();
      await vault.change((entries) =>
        entries.some((entry) => isSame(entry, account))
          ? entries.map((entry) => (isSame(entry, account) ? { ...entry, checked_at, expires_at } : entry))
          : undefined,
      );
    },

    async remove(service, account, origin) {
      const going = (await vault.entries()).filter(
        (entry) => matches(entry, service, account) && (origin === undefined || entry.origin === origin),
      );
      for (const entry of going) {
        await audited({ action: "logout", service, account: entry.account }, () =>
          vault.change((entries) => {
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
      const fromVault = ask || (await vault.status()).state === "ok" ? await vault.entries() : [];
      return [...set.map(environmentAccount), ...fromVault.map(toAccount)];
    },

    shadowing: (service) => setVariables(environment, service),

    status: vault.status,
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
    if (stored.length > 0) throw denied("credential-other-origin", { service, requested: origin, stored });
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
