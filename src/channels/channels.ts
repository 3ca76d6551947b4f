import { facebook, instagram } from "./meta.js";
import type { Channel, ChannelName } from "./types.js";
import { web } from "./web.js";
import { x } from "./x.js";

/** All of them. */
export const channels: Readonly<Record<ChannelName, Channel>> = { web, facebook, instagram, x };
