import type { ChannelPublishing, Session } from "../../channels/publishing.js";
import type { AccountChannel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import { cancelled, usage } from "../../errors/errors.js";
import { limitConcurrency } from "../../pool.js";
import type { NewsroomClock } from "../../publish/clock.js";
import type { Seat } from "../../publish/plan.js";
import { workspaceSite } from "../newsroom/address.js";

/** An account of this machine, open for publishing. */
export interface OpenSeat extends Seat {
  publishing: ChannelPublishing;
  session: Session;
}

/** Photos on their way to one website, whichever channels show them: a small site has a few processes for everybody. */
const uploadsAtOnce = 4;

interface Wanted {
  channels: readonly AccountChannel[];
  /** Names in the vault by channel, of `--account`. */
  names: ReadonlyMap<string, string>;
}

/**
 * Opens the accounts that this machine holds on these channels. A channel without one is left out. Throws `several-accounts`
 * (exit 2) where a channel has more than one and none is named, and what the channel says of the login (exit 4).
 */
export async function openSeats(
  context: Context,
  clock: NewsroomClock,
  { channels, names }: Wanted,
): Promise<OpenSeat[]> {
  const listed = await (await context.credentials()).list();
  const seats: OpenSeat[] = [];
  for (const service of channels) {
    const name = names.get(service);
    const candidates = listed.filter(
      (account) => account.service === service && (name === undefined || account.account === name),
    );
    if (candidates.length === 0 && name === undefined) continue;
    if (candidates.length === 0) throw usage("account-not-here", { service, account: name ?? "" });
    // The environment's comes first, and replaces the vault's.
    const chosen = candidates[0]!;
    if (candidates.length > 1 && chosen.source !== "env") {
      const accounts = candidates.map(({ account }) => account);
      throw usage("several-accounts", { service, accounts, flag: `--account ${service}=` });
    }
    const channel = await context.channel(service);
    const origin = chosen.origin ?? channel.origin ?? (await workspaceSite(context));
    if (origin === undefined) throw usage("web-unset");
    const { secret } = await channel.credential(origin, chosen.account, chosen.source);
    const session = {
      ...channel.asking(origin),
      now: clock.now(),
      secret,
      newsroomNow: clock.now,
      httpAt: (address: string) => channel.asking(address).http,
      remember: rememberAnswers(),
      inTurn: limitConcurrency(uploadsAtOnce),
      wait: (ms: number) => pause(ms, context),
    };
    const publishing = await channel.publishing();
    const account = await publishing.account(session);
    seats.push({ ...account, channel: service, name: chosen.account, origin, publishing, session });
  }
  return seats;
}

/** `Session.remember` of one run. */
function rememberAnswers(): NonNullable<Session["remember"]> {
  const answers = new Map<string, Promise<unknown>>();
  return <T>(key: string, ask: () => Promise<T>) => {
    const answer = (answers.get(key) as Promise<T> | undefined) ?? ask();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}

async function pause(ms: number, { host }: Context): Promise<void> {
  const { setTimeout: sleep } = await import("node:timers/promises");
  await sleep(ms, undefined, { signal: host.signal }).catch(() => {
    throw cancelled("cancelled");
  });
}
