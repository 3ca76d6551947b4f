import type { Service } from "./types.js";

/**
 * The environment variable of each secret field of a service (docs/commands.md). The file imports types only, because
 * every start of the program loads it.
 */
export const serviceVariables: Readonly<Record<Service, Readonly<Record<string, string>>>> = {
  newsroom: { token: "KOMINFO_NEWSROOM_TOKEN" },
  web: { user: "KOMINFO_WEB_USER", app_password: "KOMINFO_WEB_APP_PASSWORD" },
  facebook: { page_id: "KOMINFO_FACEBOOK_PAGE_ID", token: "KOMINFO_FACEBOOK_TOKEN" },
  instagram: { account_id: "KOMINFO_INSTAGRAM_ACCOUNT_ID", token: "KOMINFO_INSTAGRAM_TOKEN" },
  x: {
    api_key: "KOMINFO_X_API_KEY",
    api_secret: "KOMINFO_X_API_SECRET",
    access_token: "KOMINFO_X_ACCESS_TOKEN",
    access_secret: "KOMINFO_X_ACCESS_SECRET",
  },
};

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
