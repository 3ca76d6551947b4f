import { lookCostOf, removalCostOf } from "../../../channels/cost.js";
import type { AccountChannel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { approvedArticle, articleElsewhere, isAtSite, sitesOf } from "../../../contract/article.js";
import { deskPage, type Submission } from "../../../contract/contract.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { createNewsroomClock } from "../../../publish/clock.js";
import { isOn, isSameAccount } from "../../../publish/known-account.js";
import { openPublicationPhotos } from "../../../publish/photos.js";
import { readRefusedLogins } from "../../../publish/refused-logins.js";
import { settleStopped } from "../../../publish/send.js";
import { workspaceSite } from "../../newsroom/address.js";
import { loadKeptPhotos } from "../../newsroom/kept-photos.js";
import { loginsOf, type OpenSeat, openEverySeat } from "../accounts/accounts.js";
import { tellLogins } from "../accounts/outlets.js";
import { journalFolder, localClocks } from "../place.js";
import type { PublishResult } from "../types.js";
import { createChannelLine } from "./channel-line.js";
import { bringForward, type Machine } from "./machine.js";
import type { Pending } from "./pending.js";

/**
 * Brings publications forward whose account this machine has; the others are left out.
 *
 * @param letsRest logins that were refused within the last hour are not tried
 * @param isUnattended it is the office's publisher
 * @param removes what is found of what shall be taken down is removed at once; what that costs was agreed to
 */
export async function bringAllForward(
  context: Context,
  newsroom: NewsroomClient,
  pending: readonly Pending[],
  {
    letsRest = false,
    isUnattended = false,
    removes = false,
  }: { letsRest?: boolean; isUnattended?: boolean; removes?: boolean } = {},
): Promise<PublishResult[]> {
  if (pending.length === 0) return [];
  const left = await settleAllStopped(context, newsroom, pending);
  if (left.length === 0) return [];
  const clock = createNewsroomClock(localClocks(context));
  const { time, features } = await newsroom.service();
  clock.set(time);
  const channels = [...new Set(left.map(({ publication }) => publication.channel as AccountChannel))];
  // Instagram's pictures lie on the website.
  if (channels.includes("instagram") && !channels.includes("web")) channels.unshift("web");
  const refusals = await readRefusedLogins(context.paths.state);
  const { seats, refused } = await openEverySeat(
    { context, clock, refusals, letsRest },
    await loginsOf(context, channels),
  );
  const photos = await openPublicationPhotos({
    download: (sha256, signal) => newsroom.photo(sha256, signal),
    images: context.images,
    signal: context.host.signal,
  });
  const siteProblem = refused.find(({ channel }) => channel === "web")?.error;
  const line = createChannelLine(context, { inPipe: false });
  const machine: Machine = {
    ...{ context, newsroom, features, clock, seats, photos, line, isUnattended },
    ...(siteProblem && { siteProblem }),
  };
  const sitesFor = await officeSites(context, newsroom, pending);
  // A site may be reached under another name than its readers know.
  const homes = seats.flatMap(({ home }) => home ?? []);
  const articles = new Map<string, string>();
  const results: PublishResult[] = [];
  try {
    for (const { submission, publication, agreed } of webFirst(left)) {
      const { id, title } = submission;
      const { account, channel } = publication;
      const seat =
        seats.find((own) => own.channel === channel && own.account === account) ??
        seats.find((own) => isOn(own, publication));
      const problem = refused.find(
        (login) =>
          login.channel === channel &&
          (login.account === undefined || isSameAccount({ channel, account: login.account }, publication)),
      )?.error;
      if (!seat && !problem) continue;
      const article = showsLink({ publication, agreed })
        ? approvedArticle(submission, [...sitesFor(submission), ...homes])
        : { url: null };
      const link = articles.get(id) ?? article.url;
      const isUnlinked = link === null && article.elsewhere !== undefined;
      const known = {
        channel: channel as AccountChannel,
        seat: seat ?? { account, label: account },
        submission: { id, title },
        publication,
        page: deskPage(newsroom.origin, id),
        ...(isUnlinked && { linkLeftOut: articleElsewhere(article.elsewhere!) }),
        ...(publication.take_down && { removalCost: removalCostOf(publication.channel) }),
      };
      if (!seat) results.push({ ...known, error: problem! });
      else if (!isUnlinked && mustWait({ submission, publication, agreed }, link)) {
        results.push({ ...known, state: "waiting" });
      } else {
        const consent = agreed && { linkAgreed: agreed.link, again: agreed.again };
        const isPaid = removes && !isUnattended;
        const isUnpaid = !isPaid && lookCostOf(channel as AccountChannel) > 0;
        const isUndecided = publication.take_down && publication.state !== "published";
        const result = await forwardOne(machine, seat, {
          ...{ submission, publication, link, isUnpaid, isUnasked: true, ...consent },
          ...(isUndecided && { wantedGone: { remove: removes } }),
        });
        const found = result.sent?.outcome.state;
        // Nobody has to be told to mend what shall not come out any more.
        const isStopped = isUndecided && (found === "absent" || found === "failed");
        const url = result.sent?.outcome.state === "published" ? result.sent.outcome.url : null;
        // What was found out may be somebody's link.
        const isOwn = url !== null && (!result.sent?.found || isAtSite(url, [account, ...homes]));
        if (channel === "web" && isOwn) articles.set(id, url);
        // A correction that was interrupted: its post may show what is not approved any more.
        const kept =
          result.sent?.outcome.state === "published" && submission.approval?.revision === publication.revision
            ? (await loadKeptPhotos(newsroom, submission)).filter(
                (post) => post.channel === channel && post.account === account,
              )
            : [];
        results.push({ ...known, ...result, kept, ...(isStopped && { state: "stopped" as const }) });
      }
    }
  } finally {
    line.clear();
    await photos.remove();
  }
  await tellLogins({ context, newsroom, features, refusals, seats, refused, results });
  return results;
}

/** Ends the attempts that a person has stopped, so that they hold nobody up, and returns the others. */
async function settleAllStopped(
  context: Context,
  newsroom: NewsroomClient,
  pending: readonly Pending[],
): Promise<Pending[]> {
  const isLeft = ({ isStopped, publication: { state } }: Pending) =>
    isStopped === true && !["unclear", "handed_over", "published"].includes(state);
  const stopped = pending.filter(isLeft);
  if (stopped.length > 0) {
    const takesFacts = (await newsroom.service()).features.includes("failure_facts");
    const deps = { newsroom, folder: journalFolder(context), takesFacts };
    for (const { submission, publication } of stopped) {
      await settleStopped(deps, { submission: submission.id, publication, link: null }).catch((error) => {
        // The next run tells it.
        if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      });
    }
  }
  return pending.filter((one) => !isLeft(one));
}

async function forwardOne(
  machine: Machine,
  seat: OpenSeat,
  request: Parameters<typeof bringForward>[2],
): Promise<Pick<PublishResult, "sent" | "error" | "state">> {
  try {
    return { sent: await bringForward(machine, seat, request) };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    // Somebody has given it another time since this machine began it, which the newsroom knows now.
    if (error.code === "under-embargo" && request.publication.state === "scheduled") {
      return { state: "scheduled" };
    }
    return { error };
  }
}

/** Other channels show the article's address or its pictures. */
function webFirst(pending: readonly Pending[]): Pending[] {
  const isWeb = ({ publication }: Pending) => publication.channel === "web";
  return [...pending.filter(isWeb), ...pending.filter((other) => !isWeb(other))];
}

/**
 * The origins of the office's websites, by submission. The newsroom is asked for them only where a link was recorded for an article that
 * its own account does not vouch for.
 */
async function officeSites(
  context: Context,
  newsroom: NewsroomClient,
  pending: readonly Pending[],
): Promise<(submission: Submission) => string[]> {
  const isInDoubt = pending.some(
    (one) => showsLink(one) && approvedArticle(one.submission, []).elsewhere !== undefined,
  );
  if (!isInDoubt) return () => [];
  const own = (await workspaceSite(context)) ?? [];
  const outlets = await newsroom.outlets();
  return ({ kecamatan }) => sitesOf(outlets, kecamatan).concat(own);
}

/** Whether its text shows the article's address. */
function showsLink({ publication, agreed }: Pick<Pending, "publication" | "agreed">): boolean {
  return publication.channel === "facebook" || (publication.channel === "x" && agreed?.link === true);
}

/** Whether it is still to be sent, and the article is not out whose address it shows. */
function mustWait(pending: Pending, link: string | null): boolean {
  const { state } = pending.publication;
  const isUnsent = state === "planned" || state === "scheduled" || state === "failed";
  const isApproved = pending.submission.approval?.channels.includes("web") === true;
  return isUnsent && showsLink(pending) && link === null && isApproved;
}
