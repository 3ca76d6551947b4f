import type { ChannelDescription } from "../login/description.js";

/** A Facebook page, by its page token. */
export const facebook = {
  label: "Facebook",
  hosts: ["facebook.com", "fb.com", "fb.watch"],
  publishes: true,
  ownText: true,
  // Facebook itself takes 63,206; nobody reads as many. Photos: what its pages show of one post without a click, and some more.
  limits: { textLength: 5000, photos: 10 },
  login: {
    origin: "https://graph.facebook.com",
    fields: [
      { name: "page_id", open: true, form: /^\d{5,25}$/ },
      { name: "token", form: /^[\x21-\x7e]{20,4096}$/ },
    ],
    sourcePage: () => "https://business.facebook.com/latest/settings/system_users",
    revocationPage: () => "https://business.facebook.com/latest/settings/people",
    load: () => import("./login.js"),
  },
} as const satisfies ChannelDescription;
