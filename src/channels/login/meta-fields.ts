import type { Field } from "./types.js";

/** The only address of Meta's Graph API. */
export const graphOrigin = "https://graph.facebook.com";

/** The number of a page or an account, as Meta writes it. */
export const nodeForm = /^\d{5,25}$/;

/** A token of a system user. */
export const metaToken = { name: "token", form: /^[\x21-\x7e]{20,4096}$/ } as const satisfies Field;
