import type { ChannelDescription } from "../login/description.js";

const key = { form: /^[\x21-\x7e]{10,200}$/ };

/** An account on X, by the four keys of OAuth 1.0a, or by OAuth 2.0 in the browser. The stored fields tell which. */
export const x = {
  label: "X",
  hosts: ["x.com", "twitter.com"],
  publishes: true,
  ownText: true,
  // https://docs.x.com/fundamentals/counting-characters: weighted; four photos in a post
  limits: { textLength: 280, photos: 4 },
  login: {
    origin: "https://api.x.com",
    fields: [
      { name: "api_key", ...key },
      { name: "api_secret", ...key },
      { name: "access_token", ...key },
      { name: "access_secret", ...key },
    ],
    openNames: ["client_id", "access_expires_at", "user_id", "username"],
    sourcePage: () => "https://developer.x.com/en/portal/projects-and-apps",
    revocationPage: () => "https://x.com/settings/connected_apps",
    load: () => import("./login.js"),
  },
} as const satisfies ChannelDescription;
