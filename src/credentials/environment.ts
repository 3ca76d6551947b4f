import { accountChannels, loginOf } from "../channels/registry.js";
import { usage } from "../errors/errors.js";
import type { Environment } from "../terminal/host.js";
import type { Credential, Service } from "./types.js";
import { secretVariables, serviceVariables, storeVariables } from "./variables.js";

/** Fields that name an account and are not secret. Scrubbing a value such as "admin" would garble the output. */
const openFields: ReadonlySet<string> = new Set(
  accountChannels.flatMap((service) => {
    const { fields, openNames = [] } = loginOf(service);
    return [...fields.filter(({ open }) => open).map(({ name }) => name), ...openNames];
  }),
);

/** The secret values of a credential, which no output may contain. */
export function secretValues(secret: Readonly<Record<string, string>>): string[] {
  return Object.entries(secret).flatMap(([field, value]) => (openFields.has(field) ? [] : [value]));
}

/** The secret values of the environment, which no output may contain. Incomplete sets of variables count too. */
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

/** Returns a value and, when it is a URL, the password in it. */
function withPassword(value: string): string[] {
  const password = URL.canParse(value) ? new URL(value).password : "";
  return [value, password];
}

/** The newsroom token identifies a person in the audit log; the other accounts belong to the office. */
export function kindOf(service: Service): Credential["kind"] {
  return service === "newsroom" ? "personal" : "office";
}

/** The names of the variables of `service` that are set, in the order of `serviceVariables`. */
export function setVariables(environment: Environment, service: Service): string[] {
  return Object.values(serviceVariables[service]).filter((variable) => trimmed(environment, variable) !== "");
}

/**
 * Reads the secret fields of a service from the environment. Returns undefined when none of its variables is set.
 * Throws `environment-incomplete` (exit 2) when only some are: a fallback to the vault would mix two accounts.
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

/** The environment for a child process: all variables but the secrets. */
export function withoutSecrets(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !secretVariables.includes(name)));
}

/** Returns "" for an unset variable. Trims, because files that set variables may end their lines with CR LF. */
function trimmed(environment: Environment, variable: string): string {
  return environment[variable]?.trim() ?? "";
}
