import { type AccountChannel, channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import { denied, exit, KominfoError } from "../../errors/errors.js";
import type { NewsroomClock } from "../../publish/clock.js";
import { type OpenSeat, openSeats } from "./accounts.js";
import type { PublishChoices } from "./input.js";
import type { Machine } from "./machine.js";

/** The accounts that opened, and why others did not. */
export interface OpenedAccounts {
  seats: OpenSeat[];
  refused: Map<AccountChannel, KominfoError>;
}

/** An account of this machine: the only one of its channel, where it has no name. */
export interface WantedAccount {
  channel: AccountChannel;
  name?: string | undefined;
}

/**
 * Opens accounts of several channels at once. What one channel refuses stops no other one. Seats come in the order of `wanted`. Throws
 * what `stops` says is no channel's own failure (default: nothing), and `cancelled`.
 */
export async function openAccounts(
  context: Context,
  clock: NewsroomClock,
  wanted: readonly WantedAccount[],
  stops: (error: KominfoError, channel: AccountChannel) => boolean = () => false,
): Promise<OpenedAccounts> {
  // The vault may ask for its passphrase: once, and before anything else.
  if (wanted.length > 1) await (await context.credentials()).list();
  const opened = await Promise.allSettled(
    wanted.map(({ channel, name }) =>
      openSeats(context, clock, {
        channels: [channel],
        names: new Map(name === undefined ? [] : [[channel, name]]),
      }),
    ),
  );
  const seats: OpenSeat[] = [];
  const refused: OpenedAccounts["refused"] = new Map();
  for (const [index, result] of opened.entries()) {
    const { channel } = wanted[index]!;
    if (result.status === "fulfilled") seats.push(...result.value);
    else if (isOfChannel(result.reason) && !stops(result.reason, channel))
      refused.set(channel, result.reason);
    else throw result.reason;
  }
  return { seats, refused };
}

function isOfChannel(error: unknown): error is KominfoError {
  return error instanceof KominfoError && error.exit !== exit.cancelled;
}

/**
 * Opens the chosen accounts, and the website's for Instagram's pictures, also in a run that does not publish there. Says which channels
 * have none here. Throws `no-channel-account` (exit 4), or the channel's own failure, where nothing opens.
 */
export async function openChosen(
  context: Context,
  clock: NewsroomClock,
  { channels, names }: PublishChoices,
): Promise<OpenedAccounts & Pick<Machine, "site" | "siteProblem">> {
  const isSiteExtra = channels.includes("instagram") && !channels.includes("web");
  const wanted = isSiteExtra ? [...channels, "web" as const] : channels;
  const { seats: opened, refused } = await openAccounts(
    context,
    clock,
    wanted.map((channel) => ({ channel, name: names.get(channel) })),
    // What was typed wrong stops the run; the website of a run that does not publish there stops Instagram only.
    ({ exit: code }, channel) => code === exit.usage && !(isSiteExtra && channel === "web"),
  );
  const siteProblem = refused.get("web");
  if (isSiteExtra) refused.delete("web");
  const seats = opened.filter(({ channel }) => channels.includes(channel));
  const absent = channels.filter(
    (channel) => !refused.has(channel) && !seats.some((seat) => seat.channel === channel),
  );
  if (seats.length === 0) {
    throw [...refused.values()][0] ?? denied("no-channel-account", { channels: absent });
  }
  if (absent.length > 0) {
    context.output.warn(context.messages.publish.notHere({ channels: absent.map(channelLabel) }));
  }
  const site = opened.find(({ channel }) => channel === "web");
  return { seats, refused, ...(site && { site }), ...(siteProblem && { siteProblem }) };
}
