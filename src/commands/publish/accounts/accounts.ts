import type { ChannelPublishing, Session } from "../../../channels/publishing.js";
import type { AccountChannel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { isDeadLogin } from "../../../contract/failure-codes.js";
import { chosenAmong, distinctNames } from "../../../credentials/choice.js";
import type { ListedAccount } from "../../../credentials/types.js";
import { cancelled, denied, exit, KominfoError, usage } from "../../../errors/errors.js";
import { limitConcurrency } from "../../../pool.js";
import type { NewsroomClock } from "../../../publish/clock.js";
import type { Seat } from "../../../publish/plan.js";
import type { RefusedLogins } from "../../../publish/refused-logins.js";
import { workspaceSite } from "../../newsroom/address.js";

/** An account of this machine, open for publishing. */
export interface OpenSeat extends Seat {
  publishing: ChannelPublishing;
  session: Session;
  /** Its entry in the vault. */
  login: ListedAccount;
}

/** A login of this machine that does not open. */
export interface RefusedLogin {
  channel: AccountChannel;
  /** The account that it says it is of; undefined where only the channel knows. */
  account: string | undefined;
  error: KominfoError;
}

export interface OpenedAccounts {
  seats: readonly OpenSeat[];
  refused: readonly RefusedLogin[];
}

/** A login in the vault or the environment. */
interface ChannelAndLogin {
  channel: AccountChannel;
  login: ListedAccount;
}

/** Photos on their way to one website, whichever channels show them: a small site has a few processes for everybody. */
const uploadsAtOnce = 4;

interface Wanted {
  channels: readonly AccountChannel[];
  /** Names in the vault by channel, of `--account`. */
  names: ReadonlyMap<string, string>;
}

/** What opening a login needs. */
export interface Opening {
  context: Context;
  clock: NewsroomClock;
  refusals: RefusedLogins;
  /** Logins that were refused within the last hour are not tried: nobody waits for this run. */
  letsRest?: boolean;
  /** Receives each account as soon as it is open. */
  onSeat?(seat: OpenSeat): void;
  /** What opens already. */
  early?: EarlyAccounts;
}

/** Logins that open already while it is not known yet which are needed, by channel and name. */
export type EarlyAccounts = ReadonlyMap<string, Promise<OpenedAccounts>>;

const loginKey = (channel: AccountChannel, { account, source }: ListedAccount) =>
  `${channel} ${source} ${account}`;

/**
 * Begins to open the logins that will probably be chosen of these channels: with whom they speak is asked while the newsroom answers. Where
 * several could be meant, none is. Nobody is asked for a passphrase, and nothing fails here.
 */
export async function openEarly(opening: Opening, { channels, names }: Wanted): Promise<EarlyAccounts> {
  const listed = await loginsOf(opening.context, channels);
  const site = await siteAmong(opening.context, listed);
  const chosen = channels.flatMap((channel) => {
    const own = listed.filter((other) => other.channel === channel).map(({ login }) => login);
    const alike = chosenAmong(own, names.get(channel), site);
    return alike.length === 1 ? [{ channel, login: alike[0]! }] : [];
  });
  return new Map(
    chosen.map(({ channel, login }) => {
      const opened = openLogin(opening, channel, login);
      // Whoever needs it meets its failure.
      opened.catch(() => {});
      return [loginKey(channel, login), opened];
    }),
  );
}

/**
 * Opens the accounts that this machine holds on these channels. A channel without one is left out. A login that its channel refuses, or
 * that cannot be asked about now, stops no other. Throws `several-accounts` (exit 2) where a channel has more than one and none is
 * named, `account-not-here` and `web-unset` (exit 2).
 */
export async function openSeats(opening: Opening, { channels, names }: Wanted): Promise<OpenedAccounts> {
  const listed = await (await opening.context.credentials()).list();
  const site = await siteAmong(
    opening.context,
    listed.map((login) => ({ login })),
  );
  const chosen = channels.flatMap((channel): ChannelAndLogin[] => {
    const name = names.get(channel);
    const own = listed.filter(({ service }) => service === channel);
    const candidates = chosenAmong(own, name, site);
    if (candidates.length === 0 && name === undefined) return [];
    if (candidates.length === 0) throw usage("account-not-here", { service: channel, account: name ?? "" });
    // The environment's comes first, and replaces the vault's.
    const login = candidates[0]!;
    if (candidates.length > 1 && login.source !== "env") {
      const accounts = distinctNames(candidates);
      throw usage("several-accounts", { service: channel, accounts, flag: `--account ${channel}=` });
    }
    return [{ channel, login }];
  });
  return allOf(
    await Promise.all(
      chosen.map(async ({ channel, login }) => {
        const early = opening.early?.get(loginKey(channel, login));
        const opened = await (early ?? openLogin(opening, channel, login));
        for (const seat of opened.seats) opening.onSeat?.(seat);
        return opened;
      }),
    ),
  );
}

/** The site of kominfo.yaml, where it is needed to tell several logins of websites apart. */
async function siteAmong(
  context: Context,
  logins: readonly { login: ListedAccount }[],
): Promise<string | undefined> {
  const sites = logins.filter(({ login: { service, origin } }) => service === "web" && origin !== null);
  return sites.length > 1 ? workspaceSite(context) : undefined;
}

/** Opens all of these logins at once, whatever keeps one from opening. */
export async function openEverySeat(
  opening: Opening,
  logins: readonly ChannelAndLogin[],
): Promise<OpenedAccounts> {
  return allOf(
    await Promise.all(
      logins.map(async ({ channel, login }) => {
        try {
          return await openLogin(opening, channel, login);
        } catch (error) {
          if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
          return { seats: [], refused: [{ channel, account: undefined, error }] };
        }
      }),
    ),
  );
}

function allOf(opened: readonly OpenedAccounts[]): OpenedAccounts {
  return {
    seats: opened.flatMap(({ seats }) => seats),
    refused: opened.flatMap(({ refused }) => refused),
  };
}

/** The logins of these channels, of which the environment's replaces the vault's of the same name. Nobody is asked for a passphrase. */
export async function loginsOf(
  context: Context,
  channels: readonly AccountChannel[],
): Promise<ChannelAndLogin[]> {
  const listed = await (await context.credentials()).list({ ask: false });
  return channels.flatMap((channel) => {
    const own = listed.filter(({ service }) => service === channel);
    const isReplaced = (login: ListedAccount) =>
      login.source !== "env" &&
      own.some(({ source, account }) => source === "env" && account === login.account);
    return own.filter((login) => !isReplaced(login)).map((login) => ({ channel, login }));
  });
}

/** The account that a stored login says it is of; undefined where only the channel knows, or where it cannot be read. */
export async function storedAccount(
  context: Context,
  channel: AccountChannel,
  login: ListedAccount,
): Promise<string | undefined> {
  try {
    const { origin, publishing } = await placeOf(context, channel, login);
    const credentials = await context.credentials();
    // As it is stored: a login that cannot be renewed says whose it is all the same.
    const { secret } = await credentials.get(channel, origin, login.account, login.source);
    return publishing.storedAccount?.({ secret, origin });
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return undefined;
  }
}

async function placeOf(context: Context, service: AccountChannel, login: ListedAccount) {
  const channel = await context.channel(service);
  const origin = login.origin ?? channel.origin ?? (await workspaceSite(context));
  if (origin === undefined) throw usage("web-unset");
  return { channel, origin, publishing: await channel.publishing() };
}

async function openLogin(
  opening: Opening,
  service: AccountChannel,
  login: ListedAccount,
): Promise<OpenedAccounts> {
  const { context, clock, refusals, letsRest } = opening;
  const { channel, origin, publishing } = await placeOf(context, service, login);
  const refusedBy = async (error: KominfoError): Promise<OpenedAccounts> => {
    const account = await storedAccount(context, service, login);
    return { seats: [], refused: [{ channel: service, account, error }] };
  };
  if (letsRest && refusals.rests(login, context.host.now())) {
    return refusedBy(denied("channel-refused", { service, origin }));
  }
  try {
    const { secret } = await channel.credential(origin, login.account, login.source);
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
    const account = await publishing.account(session);
    if (!publishing.accountIsStored) await refusals.forget(login);
    const seat = { ...account, channel: service, name: login.account, origin, publishing, session, login };
    return { seats: [seat], refused: [] };
  } catch (error) {
    if (!(error instanceof KominfoError)) throw error;
    // What was typed wrong stops the run; whatever the channel or its site says stops this one only.
    if (error.exit === exit.usage || error.exit === exit.cancelled) throw error;
    if (isDeadLogin(error.code)) await refusals.note(login, context.host.now());
    return refusedBy(error);
  }
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
