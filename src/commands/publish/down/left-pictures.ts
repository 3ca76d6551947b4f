import type { ChannelName } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import type { Publication, RenderedPhoto } from "../../../contract/contract.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { createNewsroomClock } from "../../../publish/clock.js";
import { journalPath, readPublicationJournal } from "../../../publish/journal.js";
import { readRefusedLogins } from "../../../publish/refused-logins.js";
import { storedAddress } from "../../../publish/scrub.js";
import { cleanLine } from "../../../text/clean.js";
import { loginsOf, openEverySeat } from "../accounts/accounts.js";
import { journalFolder, localClocks } from "../place.js";

/** Whose photos are stored at the office's website. */
const storingChannels: readonly ChannelName[] = ["web", "instagram"];

/**
 * Removes from the office's website what was stored there for publications of a submission that never came out: no take-down is granted for
 * them. This computer's journals know the addresses; a photo that another computer has stored before it died is found by what it is made of. Warns
 * of each photo that may still open, and returns their addresses; the site's own where it could not be asked.
 */
export async function removeLeftPictures(
  context: Context,
  newsroom: NewsroomClient,
  submission: string,
): Promise<string[]> {
  const { publications } = await newsroom.submission(submission);
  const failed = publications.filter(
    ({ state, channel }) => state === "failed" && storingChannels.includes(channel),
  );
  if (failed.length === 0) return [];
  const addresses = new Set<string>();
  for (const { id } of failed) {
    const { effects } = await readPublicationJournal(journalPath(journalFolder(context), id));
    for (const [key, { value }] of effects) {
      for (const address of storedAddress(key, value)) addresses.add(address);
    }
  }
  const left = await removeAtSite(context, newsroom, {
    addresses: [...addresses],
    photos: await photosOf(newsroom, submission, failed),
  });
  for (const url of left) context.output.warn(context.messages.publish.leftAtSite({ url: cleanLine(url) }));
  return left;
}

/** What their renderings show; nothing of a revision that was redacted. */
async function photosOf(
  newsroom: NewsroomClient,
  submission: string,
  failed: readonly Publication[],
): Promise<RenderedPhoto[]> {
  const photos: RenderedPhoto[] = [];
  for (const revision of new Set(failed.map((publication) => publication.revision))) {
    const wanted = failed.filter((publication) => publication.revision === revision);
    const { channels } = await newsroom.renderings(submission, revision).catch((error) => {
      if (!(error instanceof KominfoError) || error.exit !== exit.failed) throw error;
      return { channels: [] };
    });
    const shown = channels.filter((rendering) => wanted.some(({ channel }) => channel === rendering.channel));
    photos.push(...shown.flatMap((rendering) => rendering.photos));
  }
  return photos;
}

/** Returns the addresses of what may still open; a site's own where it could not be asked. */
async function removeAtSite(
  context: Context,
  newsroom: NewsroomClient,
  { addresses, photos }: { addresses: readonly string[]; photos: readonly RenderedPhoto[] },
): Promise<string[]> {
  const clock = createNewsroomClock(localClocks(context));
  clock.set((await newsroom.service()).time);
  const refusals = await readRefusedLogins(context.paths.state);
  const { seats } = await openEverySeat({ context, clock, refusals }, await loginsOf(context, ["web"]));
  // Mostly one. Its photos may have another address than the one under which it is asked, so each is asked for all.
  let left = [...addresses];
  const unasked: string[] = [];
  for (const { publishing, session } of seats) {
    try {
      const found = (await publishing.storedPictures?.(session, photos)) ?? [];
      left = [...new Set([...left, ...found])];
      await publishing.removePictures?.(session, left);
      left = [];
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      if (error.code !== "web-photos-visible") {
        context.output.failure(error, context.messages);
        unasked.push(session.origin);
        continue;
      }
      const { links } = (error as KominfoError<"web-photos-visible">).params;
      left = left.filter((address) => links.includes(address));
    }
  }
  return [...left, ...unasked];
}
