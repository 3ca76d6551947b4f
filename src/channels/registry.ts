import { facebook, instagram } from "./login/meta.js";
import type { Channel, ChannelName } from "./login/types.js";
import { web } from "./web/login.js";
import { x } from "./x/login.js";

/** All of them. */
export const channels: Readonly<Record<ChannelName, Channel>> = { web, facebook, instagram, x };
