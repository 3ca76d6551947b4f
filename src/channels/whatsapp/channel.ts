import type { ChannelDescription } from "../types.js";

/** Record-only: the office posts there by itself, and records the link. */
export const whatsapp = {
  label: "WhatsApp",
  hosts: ["whatsapp.com", "wa.me"],
} as const satisfies ChannelDescription;
