import { denied, KominfoError, usage } from "../errors/errors.js";
import { type AuditRecord, appendAudit, auditFile } from "./audit.js";
import { environmentSecret, kindOf, secretValues, setVariables } from "./environment.js";
import { checkOrigin } from "./origin.js";
import { agentHolder } from "./session/agent-holder.js";
import type { Account, Credential, Credentials, ListedAccount, Service } from "./types.js";
import { serviceVariables } from "./variables.js";
import { personLimitMs, silentLimitMs, systemKeychain } from "./vault/keychain.js";
import { openVault } from "./vault/opened-vault.js";
import type { VaultEntry } from "./vault/sealed.js";
import type { VaultOptions } from "./vault/types.js";

/** The audit log lies beside `vaultPath`. */
export interface CredentialsOptions extends Omit<VaultOptions, "keychain" | "holder"> {
  /** Tests pass their own; the default is the system's keychain. */
  keychain?: VaultOptions["keychain"];
  /** Tests pass their own; the default is an agent of this user. */
  holder?: VaultOptions["holder"];
  /** Called when the system's keyring answers slowly, because it may have opened a window. */
  onKeychainWait?: (() => void) | undefined;
  now: () => Date;
}

const defaultAccount = "default";

/** The user's credentials on this machine: the environment first, then the vault. Reads nothing until it is used. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { vaultPath, environment, now, onSecret } = options;
  const keychain =
    options.keychain ??
    systemKeychain({
      environment,
      limitMs: options.askPassphrase ? personLimitMs : silentLimitMs,
      onWait: options.onKeychainWait,
    });
  const holder = options.holder ?? agentHolder({ environment, vaultPath });
  const vault = openVault({ ...options, keychain, holder });

  function fromEnvironment(service: Service): Record<string, string> | undefined {
    const secret = environmentSecret(environment, service);
    if (secret) for (const value of secretValues(secret)) onSecret(value);
    return secret;
  }

  /** Runs `work` and records its outcome in the audit log. */
  async function audited<T>(
    subject: Pick<AuditRecord, "action" | "service" | "account">,
    work: () => Promise<T>,
  ): Promise<T> {
    const { action, service, account } = subject;
    const log = auditFile(vaultPath);
    const append = (result: string) =>
      appendAudit(log, { time: now().toISOString(), action, service, account, result });
    let value: T;
    try {
      value = await work();
    } catch (error) {
      // The error of the vault matters more than a second error of the log.
      await append(error instanceof KominfoError ? error.code : "bug").catch(() => {});
      throw error;
    }
    await append("done");
    return value;
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

    async takeAll(isChosen) {
      const credentials: Credential[] = [];
      for (const entry of await vault.entries()) {
        if (!isChosen(toAccount(entry))) continue;
        const { service, account } = entry;
        await audited({ action: "export", service, account }, async () =>
          credentials.push({ ...entry, source: "vault" }),
        );
      }
      return credentials;
    },

    move: (to) => audited({ action: "store" }, () => vault.move(to)),

    changePassphrase: () => audited({ action: "passphrase" }, vault.changePassphrase),

    holdOpen: (until) => audited({ action: "unlock" }, () => vault.holdOpen(until)),

    async endHolding() {
      const ended = await holder.release();
      if (ended) await audited({ action: "lock" }, async () => {});
      return ended;
    },

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
      const toRemove = (await vault.entries()).filter(
        (entry) => matches(entry, service, account) && (origin === undefined || entry.origin === origin),
      );
      for (const entry of toRemove) {
        await audited({ action: "logout", service, account: entry.account }, () =>
          vault.change((entries) => {
            const kept = entries.filter((other) => !isSame(other, entry));
            return kept.length < entries.length ? kept : undefined;
          }),
        );
      }
      // A vault without a login is one that its owner has left.
      if (toRemove.length > 0 && (await vault.entries()).length === 0) await holder.release();
      return toRemove.map(toAccount);
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

function isSame(left: Identity, right: Identity): boolean {
  return left.service === right.service && left.account === right.account && left.origin === right.origin;
}

function matches(entry: VaultEntry, service: Service, account: string | undefined): boolean {
  return entry.service === service && (account === undefined || entry.account === account);
}

/** Picks the only entry for `origin`, or of several the default account's. */
function pick(entries: readonly VaultEntry[], service: Service, origin: string): VaultEntry {
  const matching = entries.filter((entry) => entry.origin === origin);
  const [first, ...others] = matching;
  if (!first) {
    const stored = [...new Set(entries.map((entry) => entry.origin))];
    if (stored.length > 0) throw denied("credential-other-origin", { service, requested: origin, stored });
    throw denied("not-logged-in", { service, origin });
  }
  if (others.length === 0) return first;
  const ofDefault = matching.find((entry) => entry.account === defaultAccount);
  if (ofDefault) return ofDefault;
  throw usage("several-accounts", { service, accounts: matching.map((entry) => entry.account) });
}

/** Copies field by field, so that other properties of the caller's object do not reach the vault. */
function toEntry(credential: Omit<Credential, "source">, now: Date): VaultEntry {
  const { service, account, origin, kind, obtained_at, expires_at, checked_at, secret } = credential;
  // Names appear in tables and in the audit log.
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
