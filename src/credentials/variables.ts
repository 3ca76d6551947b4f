import { type AccountChannel, accountChannels, loginOf } from "../channels/registry.js";
import type { Service } from "./types.js";

/** Every service that an account may be for, the newsroom first. */
export const services: readonly Service[] = ["newsroom", ...accountChannels];

/** `KOMINFO_WEB_APP_PASSWORD` for the field `app_password` of `web`. */
function variablesOf(service: AccountChannel): Record<string, string> {
  return Object.fromEntries(
    loginOf(service).fields.map(({ name }) => [name, `KOMINFO_${service}_${name}`.toUpperCase()]),
  );
}

type ServiceVariables = Readonly<Record<Service, Readonly<Record<string, string>>>>;

/** The environment variable of each secret field of each service (docs/commands.md). */
export const serviceVariables = {
  newsroom: { token: "KOMINFO_NEWSROOM_TOKEN" },
  ...Object.fromEntries(accountChannels.map((service) => [service, variablesOf(service)])),
} as Readonly<Record<string, Readonly<Record<string, string>>>> as ServiceVariables;

/** Secrets of the database and the object store of a large newsroom (docs/newsroom.md). */
export const storeVariables: readonly string[] = [
  "KOMINFO_NEWSROOM_DATABASE",
  "PGPASSWORD",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
];

/** All secret variables. They are removed from `process.env` once read, so that no child process inherits them. */
export const secretVariables: readonly string[] = [
  ...Object.values(serviceVariables).flatMap((fields) => Object.values(fields)),
  ...storeVariables,
];
