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

/** Those that ask with a time wait for the newsroom's: X refuses what a wrong clock has signed. */
const withoutTime: readonly AccountChannel[] = ["web", "facebook", "instagram"];

/**
 * Opens accounts of this machine while the newsroom says which channels are approved. One that does not open is asked again, if it is
 * wanted, and one that is not wanted was asked who it is, and nothing else. Never rejects.
 *
 * @param to of `--to`
 */
export async function openEarly(
  context: Context,
  clock: NewsroomClock,
  to: readonly string[] | undefined,
): Promise<OpenSeat[]> {
  try {
    const chosen = to?.flatMap((names) => names.split(",")).map((name) => name.trim());
    const listed = await (await context.credentials()).list({ ask: false });
    const channels = withoutTime.filter(
      (channel) =>
        listed.some(({ service }) => service === channel) &&
        (chosen === undefined || chosen.includes(channel)),
    );
    const loadX = async () =>
      listed.some(({ service }) => service === "x") && (await context.channel("x")).publishing();
    const wanted = channels.map((channel) => ({ channel }));
    // X is loaded meanwhile: what counts its characters takes a while.
    const [{ seats }] = await Promise.all([openAccounts(context, clock, wanted), loadX()]);
    return seats;
  } catch {
    return [];
  }
}

/**
 * Opens the chosen accounts, and the website's for Instagram's pictures, also in a run that does not publish there. Says which channels
 * have none here. `early` opened already. Throws `no-channel-account` (exit 4), or the channel's own failure, where nothing opens.
 */
export async function openChosen(
  context: Context,
  clock: NewsroomClock,
  { channels, names }: PublishChoices,
  early: readonly OpenSeat[],
): Promise<OpenedAccounts & Pick<Machine, "site" | "siteProblem">> {
  const isSiteExtra = channels.includes("instagram") && !channels.includes("web");
  const wanted = isSiteExtra ? [...channels, "web" as const] : channels;
  const open = early.filter(({ channel }) => wanted.includes(channel) && !names.has(channel));
  const missing = wanted.filter((name) => !open.some(({ channel }) => channel === name));
  const { seats: opened, refused } = await openAccounts(
    context,
    clock,
    missing.map((channel) => ({ channel, name: names.get(channel) })),
    // What was typed wrong stops the run; the website of a run that does not publish there stops Instagram only.
    ({ exit: code }, channel) => code === exit.usage && !(isSiteExtra && channel === "web"),
  );
  const siteProblem = refused.get("web");
  if (isSiteExtra) refused.delete("web");
  const all = [...open, ...opened];
  const seats = channels.flatMap((channel) => all.filter((seat) => seat.channel === channel));
  const absent = channels.filter(
    (channel) => !refused.has(channel) && !seats.some((seat) => seat.channel === channel),
  );
  if (seats.length === 0) {
    throw [...refused.values()][0] ?? denied("no-channel-account", { channels: absent });
  }
  if (absent.length > 0) {
    context.output.warn(context.messages.publish.notHere({ channels: absent.map(channelLabel) }));
  }
  const site = all.find(({ channel }) => channel === "web");
  return { seats, refused, ...(site && { site }), ...(siteProblem && { siteProblem }) };
}
