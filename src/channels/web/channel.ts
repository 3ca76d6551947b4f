import type { ChannelDescription } from "../login/description.js";

/** A WordPress site (5.6 or newer) of the office, by an application password. */
export const web = {
  label: "Web",
  // The regency's own site; kominfo.yaml may name another.
  hosts: ["bekasikab.go.id"],
  publishes: true,
  login: {
    fields: [
      { name: "user", open: true, form: /^[^:\p{Cc}]{1,60}$/u },
      // WordPress shows it in groups of four, and takes it with or without the gaps.
      { name: "app_password", form: /^[\x21-\x7e]{8,100}$/, tidy: (typed) => typed.replace(/\s+/g, "") },
    ],
    sourcePage: (origin) => `${origin}/wp-admin/profile.php#application-passwords-section`,
    revocationPage: (origin) => `${origin}/wp-admin/profile.php#application-passwords-section`,
    load: () => import("./login.js"),
  },
} as const satisfies ChannelDescription;
