import { facebook } from "./facebook/channel.js";
import { instagram } from "./instagram/channel.js";
import type { ChannelDescription, LoginDescription } from "./login/description.js";
import { tiktok, whatsapp, youtube } from "./record-only/channels.js";
import { web } from "./web/channel.js";
import { x } from "./x/channel.js";

/**
 * The one list of channels, in the order in which they are shown. The wire, the front matter, the vault, the
 * environment variables, completion and the desk take their channels from here.
 */
export const channels = {
  web,
  facebook,
  instagram,
  x,
  tiktok,
  youtube,
  whatsapp,
} as const satisfies Readonly<Record<string, ChannelDescription>>;

export type ChannelName = keyof typeof channels;

/** The channels whose description has `Part`. */
type With<Part> = {
  [Name in ChannelName]: (typeof channels)[Name] extends Part ? Name : never;
}[ChannelName];
/** A channel that an approval may name. */
type ApprovalChannel = With<{ publishes: true }>;
/** A channel that kominfo holds an account of. */
export type AccountChannel = With<{ login: LoginDescription }>;
/** A channel for which a post may carry a text of its own. */
export type TextChannel = With<{ ownText: true }>;

export const channelNames = Object.keys(channels) as ChannelName[];
export const approvalChannels = channelNames.filter(isApprovalChannel);
export const accountChannels = channelNames.filter(
  (name): name is AccountChannel => describeChannel(name).login !== undefined,
);
export const textChannels = channelNames.filter(
  (name): name is TextChannel => describeChannel(name).ownText === true,
);

/** The description of a channel, with every part optional. */
function describeChannel(name: ChannelName): ChannelDescription {
  return channels[name];
}

/** What a login of a channel is made of, with every part optional that may be. */
export function loginOf(name: AccountChannel): LoginDescription {
  return channels[name].login;
}

/** The label of a channel; a name that is none is its own label. */
export function channelLabel(name: string): string {
  return isChannel(name) ? channels[name].label : name;
}

/** Whether a publication on this channel may be recorded: the approval names it, or the channel is record-only. */
export function isRecordable(name: ChannelName, approved: readonly ApprovalChannel[]): boolean {
  return !isApprovalChannel(name) || approved.includes(name);
}

function isApprovalChannel(name: ChannelName): name is ApprovalChannel {
  return describeChannel(name).publishes === true;
}

function isChannel(name: string): name is ChannelName {
  return Object.hasOwn(channels, name);
}
