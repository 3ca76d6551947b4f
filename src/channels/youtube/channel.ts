import type { ChannelDescription } from "../types.js";

/** Record-only: the office posts there by itself, and records the link. */
export const youtube = {
  label: "YouTube",
  hosts: ["youtube.com", "youtu.be"],
} as const satisfies ChannelDescription;
