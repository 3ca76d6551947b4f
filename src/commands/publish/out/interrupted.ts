import { readdir } from "node:fs/promises";
import path from "node:path";
import { lookCostOf, removalCostOf } from "../../../channels/cost.js";
import type { AccountChannel } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
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
import { openPublicationPhotos } from "../../../publish/photos.js";
import { readRefusedLogins } from "../../../publish/refused-logins.js";
import { loadKeptPhotos } from "../../newsroom/kept-photos.js";
import { loginsOf, type OpenSeat, openEverySeat } from "../accounts/accounts.js";
import { outletOf, tellLogins } from "../accounts/outlets.js";
import { articleOf, journalFolder, localClocks } from "../place.js";
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

/**
 * What shall be taken down as soon as somebody knows that it is out: any machine with the account may look. A newsroom that is older knows
 * no such requests.
 */
export async function undecidedDown(newsroom: NewsroomClient): Promise<ListedPublication[]> {
  const { features } = await newsroom.service();
  if (!features.includes("take_down")) return [];
  const states = ["publishing", "unclear", "handed_over"] as const;
  const listed = await Promise.all(states.map((state) => newsroom.publications({ state })));
  return listed.flat().filter(({ take_down }) => take_down);
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
 * @param removes what is found of what shall be taken down is removed at once; what that costs was agreed to
 */
export async function bringAllForward(
  context: Context,
  newsroom: NewsroomClient,
  pending: readonly Pending[],
  { letsRest = false, removes = false }: { letsRest?: boolean; removes?: boolean } = {},
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
  const articles = new Map<string, string>();
  const results: PublishResult[] = [];
  try {
    for (const { submission, publication, agreed } of webFirst(left)) {
      const { id, title } = submission;
      const { account, channel } = publication;
      const seat = seats.find((own) => own.channel === channel && own.account === account);
      const problem = refused.find(
        (login) => login.channel === channel && (login.account === undefined || login.account === account),
      )?.error;
      if (!seat && !problem) continue;
      const link = articles.get(id) ?? articleOf(submission);
      const known = {
        channel: channel as AccountChannel,
        seat: seat ?? { account, label: account },
        submission: { id, title },
        publication,
        page: deskPage(newsroom.origin, id),
        ...(publication.take_down && { removalCost: removalCostOf(publication.channel) }),
      };
      if (!seat) results.push({ ...known, error: problem! });
      else if (mustWait({ submission, publication, agreed }, link)) {
        results.push({ ...known, state: "waiting" });
      } else {
        const consent = agreed && { linkAgreed: agreed.link, again: agreed.again };
        const isUndecided = publication.take_down && publication.state !== "published";
        const result = await forwardOne(machine, seat, {
          ...{ submission, publication, link, ...consent },
          ...(isUndecided && { wantedGone: { remove: removes } }),
        });
        const found = result.sent?.outcome.state;
        // Nobody has to be told to mend what shall not come out any more.
        const isStopped = isUndecided && (found === "absent" || found === "failed");
        if (channel === "web" && result.sent?.outcome.state === "published" && result.sent.outcome.url) {
          articles.set(id, result.sent.outcome.url);
        }
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
  request: Pending & Omit<Parameters<typeof bringForward>[2], "submission" | "publication">,
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

/** Whether a post is still to be sent, and the article whose address it shows is not out. */
function mustWait(
  {
    submission: { approval },
    publication: { channel, state },
    agreed,
  }: Pick<Pending, "submission" | "publication"> & { agreed: Agreement | undefined },
  link: string | null,
): boolean {
  const isUnsent = state === "planned" || state === "scheduled" || state === "failed";
  const showsLink = channel === "facebook" || agreed?.link === true;
  return showsLink && isUnsent && link === null && approval?.channels.includes("web") === true;
}
