import { channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import type { Outlet } from "../../../contract/contract.js";
import { isDeadLogin } from "../../../contract/failure-codes.js";
import { exit, failed, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { isSameAccount } from "../../../publish/known-account.js";
import type { RefusedLogins } from "../../../publish/refused-logins.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import type { PublishResult } from "../types.js";
import type { OpenSeat, RefusedLogin } from "./accounts.js";

const dayMs = 24 * 60 * 60 * 1000;

/** Which account is meant. */
interface AccountKey {
  channel: string;
  account: string;
}

/** What the newsroom knows of an account. */
export function outletOf(outlets: readonly Outlet[], { channel, account }: AccountKey): Outlet | undefined {
  return (
    outlets.find((outlet) => outlet.channel === channel && outlet.account === account) ??
    outlets.find((outlet) => isSameAccount(outlet, { channel, account }))
  );
}

/** Whether a newsroom takes what is told of logins and publishers. */
export function takesAccounts(features: readonly string[]): boolean {
  return features.includes("accounts");
}

interface Announcement {
  newsroom: NewsroomClient;
  seat: Pick<OpenSeat, "channel" | "account" | "label" | "mode">;
  /** As the newsroom knows it. */
  known: Outlet | undefined;
  /** Whose it is where the newsroom does not know it: of this kecamatan; undefined: the kabupaten's. */
  kecamatan: string | undefined;
  /** The login works again, or is refused. Absent: nothing is said of it. */
  paused?: { code: string } | null;
}

/** Tells the newsroom of an account as it is. What is known of its owner stays. Throws as `announceOutlet`. */
export async function announceAccount(announcement: Announcement): Promise<void> {
  const { newsroom, seat, known, kecamatan, paused } = announcement;
  const { channel, account, label, mode } = seat;
  const owner = known ? (known.kecamatan ?? undefined) : kecamatan;
  await newsroom.announceOutlet(
    { channel, account },
    {
      ...{ label, mode },
      ...(owner === undefined
        ? { destination: "kabupaten" }
        : { destination: "kecamatan", kecamatan: owner }),
      ...(paused !== undefined && { paused }),
    },
  );
}

/** What a run has found out about the logins of this machine. */
export interface LoginNews {
  context: Context;
  newsroom: NewsroomClient;
  features: readonly string[];
  refusals: RefusedLogins;
  seats: readonly OpenSeat[];
  refused: readonly RefusedLogin[];
  results?: readonly PublishResult[];
}

/**
 * Notes which logins their channels refuse, and tells the newsroom: it pauses those accounts, and takes up again those whose login
 * works. A newsroom that cannot be told is told by the next run; publishing depends on none of it.
 *
 * @param outlets as the newsroom knows them; absent: it is asked
 */
export async function tellLogins(news: LoginNews, outlets?: readonly Outlet[]): Promise<void> {
  const { context, newsroom, features, refusals, seats, results = [] } = news;
  const dead = new Map<string, AccountKey & { code: string }>();
  const note = (key: AccountKey, code: string) => dead.set(keyOf(key), { ...key, code });
  for (const { channel, account, error } of news.refused) {
    if (account !== undefined && isDeadLogin(error.code)) note({ channel, account }, error.code);
  }
  const proven = new Set<string>();
  for (const { channel, seat, sent, error } of results) {
    const key = { channel, account: seat.account };
    const own = seats.find((open) => keyOf(open) === keyOf(key));
    const code = error?.code ?? codeOf(sent);
    if (!own) continue;
    if (isDeadLogin(code)) {
      note(key, code!);
      await refusals.note(own.login, context.host.now());
    } else if (sent && sent.outcome.state !== "unclear" && sent.outcome.state !== "failed") {
      proven.add(keyOf(key));
      await refusals.forget(own.login);
    }
  }
  if (!takesAccounts(features) || (seats.length === 0 && dead.size === 0)) return;
  try {
    const known = outlets ?? (await newsroom.outlets());
    for (const outlet of known) {
      const isIt = (key: AccountKey) => isSameAccount(key, outlet);
      const refusal = dead.get(keyOf(outlet)) ?? [...dead.values()].find(isIt);
      const seat = seats.find((open) => keyOf(open) === keyOf(outlet)) ?? seats.find(isIt);
      // Where the login itself says whose it is, opening it has asked nobody.
      const hasOpened = seat && !seat.publishing.accountIsStored && !refusals.has(seat.login);
      const works = seat && (proven.has(keyOf(seat)) || hasOpened);
      if (refusal) await say(news, outlet, { code: refusal.code });
      else if (works && outlet.paused) await say(news, outlet, null);
    }
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
  }
}

async function say({ context, newsroom }: LoginNews, outlet: Outlet, paused: { code: string } | null) {
  if (paused && outlet.paused?.code === paused.code) return;
  try {
    await announceAccount({ newsroom, seat: outlet, known: outlet, kecamatan: undefined, paused });
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    const channel = channelLabel(outlet.channel);
    context.output.warn(context.messages.outlets.notTold({ channel, account: cleanLine(outlet.label) }));
  }
}

const keyOf = ({ channel, account }: AccountKey) => `${channel} ${account}`;

function codeOf(sent: PublishResult["sent"]): string | undefined {
  return sent && "code" in sent.outcome ? sent.outcome.code : undefined;
}

/**
 * Warns of accounts whose login some machine has found dead. Whoever publishes at once with a login that opens needs no warning; a
 * publisher may have another one.
 */
export function warnOfPaused({ messages, language, output }: Context, outlets: readonly Outlet[]): void {
  for (const { channel, label, paused } of outlets) {
    if (!paused) continue;
    const when = formatInstant(paused.since, language);
    output.warn(
      messages.outlets.isPaused({
        channel: channelLabel(channel),
        label: cleanLine(label),
        when,
        who: cleanLine(paused.by.name),
      }),
    );
  }
}

/**
 * Requires that a publisher has these accounts, so that somebody sends at a time that is set. Warns where the last one was seen
 * more than a day ago. Throws `account-unwatched` (exit 1).
 */
export function requireWatched(
  { messages, language, output }: Context,
  seats: readonly OpenSeat[],
  outlets: readonly Outlet[],
  now: Date,
): void {
  const unwatched = seats.filter((seat) => !outletOf(outlets, seat)?.publisher_seen_at);
  if (unwatched.length > 0) {
    const accounts = unwatched.map(({ channel, label }) => `${channelLabel(channel)} ${cleanLine(label)}`);
    throw failed("account-unwatched", { accounts });
  }
  for (const { channel, account, label } of seats) {
    const seen = outletOf(outlets, { channel, account })?.publisher_seen_at;
    if (!seen || now.getTime() - Date.parse(seen) <= dayMs) continue;
    const when = formatInstant(seen, language);
    output.warn(messages.outlets.notSeen({ channel: channelLabel(channel), label: cleanLine(label), when }));
  }
}
