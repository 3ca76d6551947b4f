import type { ChannelDescription } from "../login/description.js";

// Record-only channels: the office posts there by itself, and records the link.

export const tiktok = { label: "TikTok", hosts: ["tiktok.com"] } as const satisfies ChannelDescription;

export const youtube = {
  label: "YouTube",
  hosts: ["youtube.com", "youtu.be"],
} as const satisfies ChannelDescription;

export const whatsapp = {
  label: "WhatsApp",
  hosts: ["whatsapp.com", "wa.me"],
} as const satisfies ChannelDescription;
