import type { Service } from "./types.js";

/** Which environment variable holds which secret field of a service (docs/commands.md). Light: the door reads it. */
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

/** What opens the stores of a large newsroom (docs/newsroom.md). */
export const storeVariables: readonly string[] = [
  "KOMINFO_NEWSROOM_DATABASE",
  "PGPASSWORD",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
];

/** All of them: taken out of `process.env` once read, so that no child process inherits one. */
export const secretVariables: readonly string[] = [
  ...Object.values(serviceVariables).flatMap((fields) => Object.values(fields)),
  ...storeVariables,
];
