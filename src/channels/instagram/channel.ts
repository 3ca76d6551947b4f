import type { ChannelDescription } from "../login/description.js";

/** An Instagram professional account that is linked to a page. */
export const instagram = {
  label: "Instagram",
  hosts: ["instagram.com", "instagr.am"],
  publishes: true,
  ownText: true,
  // https://developers.facebook.com/docs/instagram-platform/content-publishing: caption, carousel by the API
  limits: { textLength: 2200, photos: 10 },
  login: {
    origin: "https://graph.facebook.com",
    fields: [
      { name: "account_id", open: true, form: /^\d{5,25}$/ },
      { name: "token", form: /^[\x21-\x7e]{20,4096}$/ },
    ],
    sourcePage: () => "https://business.facebook.com/latest/settings/instagram_accounts",
    revocationPage: () => "https://www.instagram.com/accounts/manage_access/",
    load: () => import("./login.js"),
  },
} as const satisfies ChannelDescription;
