import { accountChannels, channels } from "../channels/registry.js";
import type { LoginDescription } from "../channels/types.js";
import { usage } from "../errors/errors.js";
import type { Environment } from "../terminal/host.js";
import type { Credential, Service } from "./types.js";
import { secretVariables, serviceVariables, storeVariables } from "./variables.js";

/** Fields that name an account and open nothing; scrubbing "admin" from all output would only garble it. */
const openFields: ReadonlySet<string> = new Set(
  accountChannels.flatMap((service) => {
    const { fields, openNames = [] }: LoginDescription = channels[service].login;
    return [...fields.filter(({ open }) => open).map(({ name }) => name), ...openNames];
  }),
);

/** The values of a credential that must never be shown. */
export function secretValues(secret: Readonly<Record<string, string>>): string[] {
  return Object.entries(secret).flatMap(([field, value]) => (openFields.has(field) ? [] : [value]));
}

/** Every value of the environment that must never be shown, also where a set of variables is not complete. */
export function environmentSecrets(environment: Environment): string[] {
  const ofServices = Object.values(serviceVariables).flatMap((variables) =>
    secretValues(
      Object.fromEntries(
        Object.entries(variables).map(([field, variable]) => [field, trimmed(environment, variable)]),
      ),
    ),
  );
  return [
    ...ofServices,
    ...storeVariables.flatMap((variable) => withPassword(trimmed(environment, variable))),
  ];
}

/** A value, and the password in it when it is an address. */
function withPassword(value: string): string[] {
  const password = URL.canParse(value) ? new URL(value).password : "";
  return [value, password];
}

/** The newsroom token names a person in the audit; the other accounts are the office's. */
export function kindOf(service: Service): Credential["kind"] {
  return service === "newsroom" ? "personal" : "office";
}

/** The variables of `service` that are set, in the order of `serviceVariables`. */
export function setVariables(environment: Environment, service: Service): string[] {
  return Object.values(serviceVariables[service]).filter((variable) => trimmed(environment, variable) !== "");
}

/**
 * The secret fields of a service as the environment gives them; undefined when none of its variables is set.
 * Throws `environment-incomplete` (exit 2) when only some are: falling back to the vault would mix two accounts.
 */
export function environmentSecret(
  environment: Environment,
  service: Service,
): Record<string, string> | undefined {
  const set = setVariables(environment, service);
  if (set.length === 0) return undefined;
  const fields = Object.entries(serviceVariables[service]);
  const missing = fields.flatMap(([, variable]) => (set.includes(variable) ? [] : [variable]));
  if (missing.length > 0) throw usage("environment-incomplete", { set, missing });
  return Object.fromEntries(fields.map(([field, variable]) => [field, trimmed(environment, variable)]));
}

/** What a child process may inherit: everything but the secrets. */
export function withoutSecrets(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !secretVariables.includes(name)));
}

/** A variable set to nothing counts as not set; files that set variables like to end lines with a CR. */
function trimmed(environment: Environment, variable: string): string {
  return environment[variable]?.trim() ?? "";
}
