import type { ChannelName } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import type { Publication, RenderedPhoto } from "../../../contract/contract.js";
import { exit, isRefusal, KominfoError } from "../../../errors/errors.js";
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

/** What has become of pictures at the office's website. */
export interface LeftPictures {
  /** Addresses of those that may still open; a site's own where it could not be asked. */
  left: string[];
  /** A website was asked, and has none of them any more. */
  areGone: boolean;
}

/**
 * Removes from the office's website what was stored there for publications of a submission that never came out, or were taken down without
 * their photos: no take-down is granted for them. This computer's journals know addresses; a photo that another computer has stored is found by
 * what it is made of. Warns of each photo that may still open.
 */
export async function removeLeftPictures(
  context: Context,
  newsroom: NewsroomClient,
  submission: string,
): Promise<LeftPictures> {
  const { publications } = await newsroom.submission(submission);
  const ended = publications.filter(
    ({ state, channel }) =>
      (state === "failed" || state === "unpublished") && storingChannels.includes(channel),
  );
  if (ended.length === 0) return { left: [], areGone: false };
  const addresses = new Set<string>();
  for (const { id } of ended) {
    const { effects } = await readPublicationJournal(journalPath(journalFolder(context), id));
    for (const [key, { value }] of effects) {
      for (const address of storedAddress(key, value)) addresses.add(address);
    }
  }
  const pictures = await removeAtSite(context, newsroom, {
    addresses: [...addresses],
    photos: await photosOf(newsroom, submission, ended),
  });
  for (const url of pictures.left) {
    context.output.warn(context.messages.publish.leftAtSite({ url: cleanLine(url) }));
  }
  return pictures;
}

/** What their renderings show; nothing of a revision that was redacted. */
async function photosOf(
  newsroom: NewsroomClient,
  submission: string,
  ended: readonly Publication[],
): Promise<RenderedPhoto[]> {
  const photos: RenderedPhoto[] = [];
  for (const revision of new Set(ended.map((publication) => publication.revision))) {
    const wanted = ended.filter((publication) => publication.revision === revision);
    const { channels } = await newsroom.renderings(submission, revision).catch((error) => {
      if (!isRefusal(error, exit.failed)) throw error;
      return { channels: [] };
    });
    const shown = channels.filter((rendering) => wanted.some(({ channel }) => channel === rendering.channel));
    photos.push(...shown.flatMap((rendering) => rendering.photos));
  }
  return photos;
}

async function removeAtSite(
  context: Context,
  newsroom: NewsroomClient,
  { addresses, photos }: { addresses: readonly string[]; photos: readonly RenderedPhoto[] },
): Promise<LeftPictures> {
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
  const isAsked = seats.length > 0 && unasked.length === 0;
  return { left: [...left, ...unasked], areGone: isAsked && left.length === 0 };
}
