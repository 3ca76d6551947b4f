import type { Context } from "../../context.js";
import type { Outlet, Publication, Submission } from "../../contract/contract.js";
import { uncorrectedOf } from "../../contract/corrections.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { loadKeptPhotos } from "../newsroom/kept-photos.js";
import { accountLabels, labelOf } from "../newsroom/publication.js";
import { warnOfPaused } from "../publish/accounts/outlets.js";
import { correctedText } from "../publish/out/report.js";

export type Uncorrected = Awaited<ReturnType<typeof loadUncorrected>>;

/** What still shows the revision before, with the text that a person pastes there. */
async function loadUncorrected(newsroom: NewsroomClient, submission: Submission) {
  const rows = uncorrectedOf(submission);
  if (rows.length === 0) return [];
  const { channels } = await newsroom.renderings(submission.id);
  return rows.flatMap(({ id, channel, account, url }) => {
    const rendering = channels.find((one) => one.channel === channel);
    return rendering ? [{ id, channel, account, url, text: correctedText(rendering) }] : [];
  });
}

/** The accounts with a refused login on which something is still to be done. */
function pausedOf(outlets: readonly Outlet[], publications: readonly Publication[]): Outlet[] {
  const open = publications.filter(
    ({ state, take_down }) => (state !== "published" && state !== "unpublished") || take_down,
  );
  return outlets.filter(
    ({ channel, account, paused }) =>
      paused && open.some((other) => other.channel === channel && other.account === account),
  );
}

/** What has become of it on the channels, with a warning of accounts that are paused. */
export async function loadPublications(context: Context, newsroom: NewsroomClient, submission: Submission) {
  const outlets = await accountLabels(newsroom, submission.publications);
  warnOfPaused(context, pausedOf(outlets, submission.publications));
  const isTimed = submission.approval !== null;
  return {
    // What is late, is so by the newsroom's clock.
    now: isTimed ? new Date((await newsroom.service()).time) : context.host.now(),
    outlets,
    uncorrected: await loadUncorrected(newsroom, submission),
    kept_photos: await loadKeptPhotos(newsroom, submission),
    publications: submission.publications.map((publication) => ({
      ...publication,
      label: labelOf(outlets, publication),
    })),
  };
}
