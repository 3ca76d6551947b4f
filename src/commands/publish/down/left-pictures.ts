import type { Context } from "../../../context.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { createNewsroomClock } from "../../../publish/clock.js";
import { journalPath, readPublicationJournal } from "../../../publish/journal.js";
import { readRefusedLogins } from "../../../publish/refused-logins.js";
import { storedAddress } from "../../../publish/scrub.js";
import { cleanLine } from "../../../text/clean.js";
import { loginsOf, openEverySeat } from "../accounts/accounts.js";
import { journalFolder, localClocks } from "../place.js";

/**
 * Removes from the office's website what this computer has stored there for publications of a submission that never came out: no take-down is
 * granted for them, and only its journals know. Warns of each photo that may still open, and returns their addresses.
 */
export async function removeLeftPictures(
  context: Context,
  newsroom: NewsroomClient,
  submission: string,
): Promise<string[]> {
  const { publications } = await newsroom.submission(submission);
  const addresses = new Set<string>();
  for (const { id } of publications.filter(({ state }) => state === "failed")) {
    const { effects } = await readPublicationJournal(journalPath(journalFolder(context), id));
    for (const [key, { value }] of effects) {
      for (const address of storedAddress(key, value)) addresses.add(address);
    }
  }
  if (addresses.size === 0) return [];
  const left = await removeAtSite(context, newsroom, [...addresses]);
  for (const url of left) context.output.warn(context.messages.publish.leftAtSite({ url: cleanLine(url) }));
  return left;
}

/** Returns those that may still open. */
async function removeAtSite(
  context: Context,
  newsroom: NewsroomClient,
  addresses: readonly string[],
): Promise<string[]> {
  const clock = createNewsroomClock(localClocks(context));
  clock.set((await newsroom.service()).time);
  const refusals = await readRefusedLogins(context.paths.state);
  const { seats } = await openEverySeat({ context, clock, refusals }, await loginsOf(context, ["web"]));
  // Mostly one. Its photos may have another address than the one under which it is asked, so each is asked for all.
  let left = [...addresses];
  for (const { publishing, session } of seats) {
    try {
      await publishing.removePictures?.(session, left);
      return [];
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      if (error.code !== "web-photos-visible") continue;
      const { links } = (error as KominfoError<"web-photos-visible">).params;
      left = left.filter((address) => links.includes(address));
    }
  }
  return left;
}
