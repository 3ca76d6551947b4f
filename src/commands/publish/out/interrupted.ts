import { readdir } from "node:fs/promises";
import path from "node:path";
import { lookCostOf, removalCostOf } from "../../../channels/cost.js";
import type { AccountChannel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { approvedArticle, articleElsewhere, isAtSite, sitesOf } from "../../../contract/article.js";
import {
  deskPage,
  type ListedPublication,
  type Publication,
  type Submission,
} from "../../../contract/contract.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { createNewsroomClock } from "../../../publish/clock.js";
import { type Agreement, journalPath, readPublicationJournal, subjectOf } from "../../../publish/journal.js";
import { isOn, isSameAccount } from "../../../publish/known-account.js";
import { openPublicationPhotos } from "../../../publish/photos.js";
import { readRefusedLogins } from "../../../publish/refused-logins.js";
import { workspaceSite } from "../../newsroom/address.js";
import { loginsOf, type OpenSeat, openEverySeat } from "../accounts/accounts.js";
import { outletOf, tellLogins } from "../accounts/outlets.js";
import { journalFolder, localClocks } from "../place.js";
import type { PublishResult } from "../types.js";
import { createChannelLine } from "./channel-line.js";
import { bringForward, type Machine } from "./machine.js";

/** A publication and its submission. */
export interface Pending {
  submission: Submission;
  publication: Publication;
  /** What a person has agreed to on this machine. */
  agreed?: Agreement;
}

/** Whether this machine has journals of publications. */
export async function hasJournals(context: Context): Promise<boolean> {
  return (await journals(context)).length > 0;
}

/** What a run of this machine left undone: its journals name it. Empty without an interrupted publication. */
export async function findInterrupted(context: Context, newsroom: NewsroomClient): Promise<Pending[]> {
  const folder = journalFolder(context);
  const pending: Pending[] = [];
  const submissions = new Map<string, Promise<Submission | undefined>>();
  for (const name of await journals(context)) {
    const journal = await readPublicationJournal(path.join(folder, name));
    const last = subjectOf(journal);
    if (last?.origin !== newsroom.origin) continue;
    const { submission: id } = last;
    const reading = submissions.get(id) ?? newsroom.submission(id).catch(absent);
    submissions.set(id, reading);
    const submission = await reading;
    const publication = submission?.publications.find((row) => `${row.id}.jsonl` === name);
    const { attempt, agreed } = journal;
    if (!submission || !publication) continue;
    const isLeft =
      publication.state === "planned" ||
      (publication.state === "failed" && publication.reason === "interrupted");
    const isAgreed = agreed !== undefined && isLeft;
    if (attempt?.told === false || isOpen(publication) || isAgreed) {
      pending.push({ submission, publication, ...(agreed && { agreed }) });
    }
  }
  return pending;
}

/** A submission that is not there any more, or not for this person, leaves nothing to go on with. */
export function absent(error: unknown): undefined {
  if (!(error instanceof KominfoError) || error.exit !== exit.failed) throw error;
  return undefined;
}

/** Names of the journals' files. */
export async function journals(context: Context): Promise<string[]> {
  const names = await readdir(journalFolder(context)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".jsonl")).sort();
}

/** Whether another run may know more than the newsroom does. */
export function isOpen({ state, take_down }: Pick<Publication, "state" | "take_down">): boolean {
  if (state === "published") return take_down !== undefined && take_down !== null;
  return state === "publishing" || state === "unclear" || state === "handed_over";
}

/** What shall be taken down, and was not recorded by hand. A newsroom that is older knows no such requests. */
export async function wantedDown(newsroom: NewsroomClient): Promise<ListedPublication[]> {
  const { features } = await newsroom.service();
  if (!features.includes("take_down")) return [];
  const wanted = await newsroom.publications({ take_down: "true" });
  return wanted.filter(({ remote_id }) => remote_id !== null);
}

/** Reads each submission of these once. */
export async function withSubmissions(
  newsroom: NewsroomClient,
  listed: readonly ListedPublication[],
): Promise<Pending[]> {
  const submissions = new Map<string, Submission>();
  const pending: Pending[] = [];
  for (const publication of listed) {
    const { id } = publication.submission;
    const submission = submissions.get(id) ?? (await newsroom.submission(id));
    submissions.set(id, submission);
    pending.push({ submission, publication });
  }
  return pending;
}

/**
 * Brings publications forward whose account this machine has; the others are left out.
 *
 * @param letsRest logins that were refused within the last hour are not tried
 */
export async function bringAllForward(
  context: Context,
  newsroom: NewsroomClient,
  pending: readonly Pending[],
  { letsRest = false }: { letsRest?: boolean } = {},
): Promise<PublishResult[]> {
  if (pending.length === 0) return [];
  const { left, undecided } = await leaveUndecided(context, newsroom, pending);
  if (left.length === 0) return undecided;
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
    ...{ context, newsroom, features, clock, seats, photos, line },
    ...(siteProblem && { siteProblem }),
  };
  const sitesFor = await officeSites(context, newsroom, left);
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
        const result = await forwardOne(machine, seat, { submission, publication, link, ...consent });
        const url = result.sent?.outcome.state === "published" ? result.sent.outcome.url : null;
        // What was found out may be somebody's link.
        const isOwn = url !== null && (!result.sent?.found || isAtSite(url, [account, ...homes]));
        if (channel === "web" && isOwn) articles.set(id, url);
        results.push({ ...known, ...result });
      }
    }
  } finally {
    line.clear();
    await photos.remove();
  }
  await tellLogins({ context, newsroom, features, refusals, seats, refused, results });
  return [...results, ...undecided];
}

/**
 * Leaves out what only a person can decide, as this machine has found out, where the channel bills each further look. `post publish` looks
 * once more, after it has said so.
 */
async function leaveUndecided(
  context: Context,
  newsroom: NewsroomClient,
  pending: readonly Pending[],
): Promise<{ left: Pending[]; undecided: PublishResult[] }> {
  const left: Pending[] = [];
  const found: Pending[] = [];
  for (const one of pending) {
    const { id, channel, state } = one.publication;
    const isCostly = state === "unclear" && lookCostOf(channel) > 0;
    const { attempt } = isCostly ? await readPublicationJournal(journalPath(journalFolder(context), id)) : {};
    (attempt?.told && attempt.undecided ? found : left).push(one);
  }
  const outlets = found.length > 0 ? await newsroom.outlets() : [];
  const undecided = found.map(({ submission: { id, title }, publication }): PublishResult => {
    const channel = publication.channel as AccountChannel;
    const { account } = publication;
    const label = outletOf(outlets, { channel, account })?.label ?? account;
    return {
      ...{ channel, seat: { account, label }, submission: { id, title }, publication },
      page: deskPage(newsroom.origin, id),
      sent: { outcome: { state: "unclear" }, found: false, warnings: [] },
    };
  });
  return { left, undecided };
}

async function forwardOne(
  machine: Machine,
  seat: OpenSeat,
  request: Pending & { link: string | null; linkAgreed?: boolean; again?: boolean },
): Promise<Pick<PublishResult, "sent" | "error">> {
  try {
    return { sent: await bringForward(machine, seat, request) };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
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
