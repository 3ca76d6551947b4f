import type { ChannelDescription } from "../types.js";

/** Record-only: the office posts there by itself, and records the link. */
export const tiktok = { label: "TikTok", hosts: ["tiktok.com"] } as const satisfies ChannelDescription;
