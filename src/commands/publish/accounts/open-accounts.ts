import { channelLabel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { denied, exit, KominfoError } from "../../../errors/errors.js";
import type { PublishChoices } from "../input.js";
import { type OpenedAccounts, type Opening, type OpenSeat, openSeats } from "./accounts.js";

/** The office's website in a run that does not publish there, and why it does not open. */
interface Site {
  site?: OpenSeat | undefined;
  siteProblem?: KominfoError | undefined;
}

/**
 * Opens the chosen accounts at once, and the website's for Instagram's pictures, also in a run that does not publish there. Throws as
 * `openSeats`; whatever keeps the website of such a run from opening stops Instagram only.
 */
export async function openChosen(
  opening: Opening,
  { channels, names }: PublishChoices,
): Promise<OpenedAccounts & Site> {
  // The vault may ask for its passphrase: once.
  await (await opening.context.credentials()).list();
  const isSiteExtra = channels.includes("instagram") && !channels.includes("web");
  const [opened, site] = await Promise.all([
    openSeats(opening, { channels, names }),
    isSiteExtra ? openSite(opening, names) : undefined,
  ]);
  if (site) return { ...opened, ...site };
  const siteProblem = opened.refused.find(({ channel }) => channel === "web")?.error;
  return { ...opened, ...(siteProblem && { siteProblem }) };
}

async function openSite(opening: Opening, names: PublishChoices["names"]): Promise<Site> {
  try {
    const { seats, refused } = await openSeats(opening, { channels: ["web"], names });
    return { site: seats[0], siteProblem: refused[0]?.error };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return { siteProblem: error };
  }
}

/**
 * Says which of the chosen channels have no account here. Throws `no-channel-account` (exit 4), or the channel's own failure, where
 * nothing has opened.
 *
 * @param settled what needs no account: a person has put it there
 */
export function requireSeats(
  { output, messages }: Context,
  { channels }: PublishChoices,
  { seats, refused }: OpenedAccounts,
  settled: readonly { channel: string }[],
): void {
  const absent = channels.filter(
    (name) => ![...refused, ...seats, ...settled].some(({ channel }) => channel === name),
  );
  if (seats.length === 0) throw refused[0]?.error ?? denied("no-channel-account", { channels: absent });
  if (absent.length > 0) output.warn(messages.publish.notHere({ channels: absent.map(channelLabel) }));
}
