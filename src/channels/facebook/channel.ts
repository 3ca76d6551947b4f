import { graphOrigin, metaToken, nodeForm } from "../login/meta-fields.js";
import type { ChannelDescription } from "../types.js";

/** A Facebook page, by its page token. */
export const facebook = {
  label: "Facebook",
  hosts: ["facebook.com", "fb.com", "fb.watch"],
  publishes: true,
  ownText: true,
  login: {
    origin: graphOrigin,
    fields: [{ name: "page_id", open: true, form: nodeForm }, metaToken],
    sourcePage: () => "https://business.facebook.com/latest/settings/system_users",
    revocationPage: () => "https://business.facebook.com/latest/settings/people",
    load: () => import("./login.js"),
  },
} as const satisfies ChannelDescription;
