import { accountChannels, channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import type { Service } from "../../../newsroom-client/types.js";
import { createNewsroomClock } from "../../../publish/clock.js";
import { asKnown, isSameAccount } from "../../../publish/known-account.js";
import { readRefusedLogins } from "../../../publish/refused-logins.js";
import { cleanLine } from "../../../text/clean.js";
import { localClocks } from "../place.js";
import { loginsOf, openEverySeat, storedAccount } from "./accounts.js";
import { announceAccount, type LoginNews, outletOf, takesAccounts, tellLogins } from "./outlets.js";

/** How often a publisher says which accounts it has, in ms. */
const everyMs = 60 * 60_000;

type Publisher = Pick<LoginNews, "context" | "newsroom"> & {
  service: Service;
  /** What the newsroom has refused of what this run has announced, and until when it rests, in ms since 1970. */
  refusedUntil: Map<string, number>;
  /** Receives what keeps an account from being published on, by what it is about. */
  onProblem(about: string, text: string): void;
};

/**
 * Tells the newsroom once an hour which accounts this publisher has, so that people may set times for them; of a paused one as soon as
 * its login works again. A login that is refused rests for an hour, or until somebody logs in anew. Nothing where the newsroom is older.
 */
export async function announcePresence(publisher: Publisher): Promise<void> {
  const { context, newsroom, service, refusedUntil, onProblem } = publisher;
  const { features } = service;
  if (!takesAccounts(features)) return;
  const logins = await loginsOf(context, accountChannels);
  if (logins.length === 0) return;
  const clock = createNewsroomClock(localClocks(context));
  clock.set(service.time);
  const [outlets, refusals] = await Promise.all([newsroom.outlets(), readRefusedLogins(context.paths.state)]);
  const now = context.host.now();
  const isFresh = (seen: string | null | undefined) =>
    seen != null && clock.now().getTime() - Date.parse(seen) < everyMs;
  for (const { channel, login } of logins) {
    const about = `${channel} ${login.account}`;
    // Where only the channel knows the account, it is asked only for what is to be sent: X bills the question.
    const account = await storedAccount(context, channel, login);
    if (account === undefined || (refusedUntil.get(about) ?? 0) > now.getTime()) continue;
    const known = outlets.filter((outlet) => isSameAccount(outlet, { channel, account }));
    if (known.some(({ publisher_seen_at, paused }) => isFresh(publisher_seen_at) && !paused)) continue;
    const names = { channel: channelLabel(channel), account: cleanLine(login.account) };
    if (refusals.rests(login, now)) {
      onProblem(about, context.messages.outlets.resting(names));
      continue;
    }
    const opening = { context, clock, refusals, letsRest: true };
    const { seats: opened, refused } = await openEverySeat(opening, [{ channel, login }]);
    const seats = opened.map((seat) => asKnown(seat, outlets));
    await tellLogins({ context, newsroom, features, refusals, seats, refused }, outlets);
    for (const { error } of refused) onProblem(about, sayProblem(context, error));
    for (const seat of seats) {
      // Nothing has shown yet that it works: X is not asked who a login is.
      if (refusals.has(seat.login)) continue;
      try {
        await announceAccount({
          ...{ newsroom, seat, kecamatan: undefined, paused: null },
          known: outletOf(outlets, seat),
        });
      } catch (error) {
        if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
        refusedUntil.set(about, now.getTime() + everyMs);
        onProblem(about, sayProblem(context, error));
      }
    }
  }
}

/** What keeps an account from being published on, and what to type. */
function sayProblem({ messages }: Context, error: KominfoError): string {
  const { message, hints } = explain(error, messages);
  return [message, ...hints].join(" ");
}
