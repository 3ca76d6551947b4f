import { channelOf, readLink, wrongLink } from "../../channels/link.js";
import { type ChannelName, channelLabel, channelNames, isRecordable } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import {
  deskPage,
  lateMs,
  type Outlet,
  type Publication,
  type Submission,
  submissionUrl,
  type Transition,
} from "../../contract/contract.js";
import { isRecordedByHand } from "../../contract/corrections.js";
import { cancelledReason, isDeadLogin } from "../../contract/failure-codes.js";
import { exit, failed, isRefusal, KominfoError, usage } from "../../errors/errors.js";
import { explainReason } from "../../language/explain-reason.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { flagOrAnswer, oneOf } from "../../terminal/prompts/ask.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { workspaceSite } from "./address.js";

/** The address of something already published. */
interface PublishedLink {
  link: URL;
  channel: ChannelName;
}

/** Parses a link and finds its channel: by the host, else `--channel`, else asked for. */
export async function readPublishedLink(
  context: Context,
  typed: { link: string; channel?: string | undefined },
): Promise<PublishedLink> {
  const link = readLink(typed.link);
  const requested = typed.channel === undefined ? undefined : oneOf("--channel", typed.channel, channelNames);
  const detected = channelOf(link, await workspaceSite(context));
  if (detected && requested && detected !== requested)
    throw usage("channel-differs", { link: link.href, actual: detected, given: requested });
  const channel = detected ?? requested ?? (await askChannel(context));
  const wrong = wrongLink(link, channel, detected);
  if (wrong === "not-there") throw usage("link-elsewhere", { channel, host: link.hostname });
  if (wrong === "front-page") throw usage("link-front-page", { channel });
  return { link, channel };
}

/**
 * Records an existing publication and prints it. Recording the same link again returns the same publication. Throws
 * `not-approved`, `channel-not-approved`, `under-embargo` and `record-undecided` (exit 1) while it may not be out, or may be already.
 */
export async function recordPublication(
  context: Context,
  client: NewsroomClient,
  id: string,
  { link, channel }: PublishedLink,
): Promise<void> {
  const submission = await client.submission(id);
  const { approval, state } = submission;
  if (!approval) throw failed("not-approved", { state });
  if (!isRecordable(channel, approval.channels)) {
    throw failed("channel-not-approved", { channel, approved: approval.channels });
  }
  const page = deskPage(client.origin, submission.id);
  const publication = await client.record(id, { channel, url: link.href }).catch((error: unknown) => {
    throw isUndecided(error) ? failed("record-undecided", { channel, page }) : error;
  });
  const url = submissionUrl(client.origin, submission.id);
  context.output.result(
    { publication, submission: { id: submission.id, revision: submission.revision, state, url } },
    (style) =>
      `${style.good("✓")} ${context.messages.newsroom.recorded(formatPublication(context, publication))}`,
  );
}

/** Whether the newsroom does not take a link because what was sent may be out: a second row beside it would count twice. */
function isUndecided(error: unknown): boolean {
  if (!(error instanceof KominfoError) || error.code !== "publication-refused") return false;
  return (error as KominfoError<"publication-refused">).params.refusal === "undecided";
}

/**
 * The accounts of these publications, as readers see them: by channel and id. Asks only where one is named; a newsroom that knows no
 * accounts, or tells this person of none, names none.
 */
export async function accountLabels(
  newsroom: NewsroomClient,
  publications: readonly Pick<Publication, "account">[],
): Promise<readonly Outlet[]> {
  if (publications.every(({ account }) => account === "")) return [];
  return newsroom.outlets().catch((error: unknown) => {
    if (!isRefusal(error, exit.failed, exit.denied)) throw error;
    return [];
  });
}

/** What readers call the account of a publication; its id where nobody has announced it. */
export function labelOf(
  outlets: readonly Outlet[],
  { channel, account }: Pick<Publication, "channel" | "account">,
): string {
  return outlets.find((outlet) => outlet.channel === channel && outlet.account === account)?.label ?? account;
}

/**
 * These publications with the newest only of those that one hand-recorded address stands for: an address that is recorded anew after its
 * correction is one publication to whoever reads it.
 */
export function onePerAddress<P extends Pick<Publication, "channel" | "account" | "remote_id" | "url">>(
  publications: readonly P[],
): P[] {
  return publications.filter(
    (row, at) =>
      !isRecordedByHand(row) ||
      row.url === null ||
      !publications
        .slice(at + 1)
        .some((later) => isRecordedByHand(later) && later.channel === row.channel && later.url === row.url),
  );
}

/** One line: channel, account, state, since when, and the link. */
export function formatPublication(
  context: Context,
  publication: Publication,
  outlets: readonly Outlet[] = [],
): string {
  const { messages, language } = context;
  const { state, reason } = publication;
  const isCancelled = state === "failed" && reason === cancelledReason;
  const about = { ...publication, name: channelLabel(publication.channel) };
  const code = isDeadLogin(reason ?? undefined) ? "channel-refused" : reason;
  // What is down, is so for a person's reason.
  const why = code && ((state === "unpublished" ? undefined : explainReason(messages, code, about)) ?? code);
  const when = publication.unpublished_at ?? publication.published_at ?? publication.scheduled_for;
  return [
    cleanLine([channelLabel(publication.channel), labelOf(outlets, publication)].filter(Boolean).join(" ")),
    isCancelled ? messages.desk.plan.cancelled : messages.desk.publication.states[state],
    when && formatInstant(when, language),
    publication.url && cleanLine(publication.url),
    state === "published" || isCancelled ? undefined : why && cleanLine(why),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Before when an approved submission may not be out; undefined where nothing keeps it, or it may be by now. @param now by the newsroom's clock */
export function releaseOf(
  { approval, embargo }: Pick<Submission, "approval" | "embargo">,
  now: Date,
): string | undefined {
  const times = approval ? [embargo, approval.not_before].flatMap((time) => time ?? []) : [];
  const latest = times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
  return latest !== undefined && Date.parse(latest) > now.getTime() ? latest : undefined;
}

/**
 * Whether a take-down has stopped it since the approval: the newsroom lets an operator plan nothing then, until an editor plans it or approves anew. A
 * row that was stopped has failed, and tells nothing of the request.
 */
export function isStopped(
  { approval, publications }: Pick<Submission, "approval" | "publications">,
  history: readonly Transition[],
): boolean {
  const since = Date.parse(approval?.at ?? "");
  const isAsked = history.some(({ step, at }) => step === "unpublish" && Date.parse(at) >= since);
  return isAsked && !publications.some(({ state }) => state === "planned" || state === "scheduled");
}

/**
 * Whether what was approved was out, and is no more: a person wanted it gone. What an editor has approved anew since may go out. A plan that was
 * made since is an editor's word too.
 */
export function isTakenDown({ shown, approval, publications }: Submission): boolean {
  if (shown !== "unpublished" || !approval) return false;
  return publications.some(
    ({ state, revision, unpublished_at }) =>
      state === "unpublished" &&
      revision === approval.revision &&
      unpublished_at !== null &&
      Date.parse(unpublished_at) >= Date.parse(approval.at),
  );
}

/** Whether a scheduled publication is so late that nobody sends it any more. @param now by the newsroom's clock */
export function isLate({ state, scheduled_for }: Publication, now: Date): boolean {
  return (
    state === "scheduled" && scheduled_for !== null && now.getTime() - Date.parse(scheduled_for) > lateMs
  );
}

/**
 * Lines below a publication that does not go on by itself: why, and who brings it forward.
 *
 * @param now by the newsroom's clock
 * @param page of its submission at the desk
 */
export function openLines(
  { messages, language }: Context,
  publication: Publication,
  { now, page }: { now: Date; page: string },
): string[] {
  const { open } = messages.newsroom;
  const { state, held, channel, scheduled_for, reason } = publication;
  if (isLate(publication, now)) return [open.late({ channel })];
  if (state === "scheduled" && scheduled_for !== null && reason !== null) {
    const until = new Date(Date.parse(scheduled_for) + lateMs).toISOString();
    return [open.again({ until: formatInstant(until, language) })];
  }
  if (state === "unclear") return [open.unclear({ page: cleanLine(page) })];
  if (state !== "publishing") return [];
  if (!held) return [open.interrupted];
  const { by, until } = held;
  return [open.held({ who: cleanLine(by.name), until: formatInstant(until, language) })];
}

/** Lines below a publication that shall be taken down: who asked, and why it is not gone yet. */
export function takeDownLines({ messages, language }: Context, publication: Publication): string[] {
  const { take_down, state, remote_id } = publication;
  if (!take_down) return [];
  const words = messages.desk.takeDowns;
  const kind = state !== "published" ? "undecided" : remote_id === null ? "by_hand" : "sent";
  const when = (instant: string) => formatInstant(instant, language);
  const { problem, by } = take_down;
  const links = (problem?.reason ?? "").split(" ").filter((link) => /^https?:\/\//i.test(link));
  const asked = words.asked[kind]({ who: by.name, when: when(take_down.requested_at) });
  const why =
    problem && words.problem({ why: words.problems[problem.code] ?? problem.code, when: when(problem.at) });
  return [asked, why, links.length > 0 ? words.open({ links }) : undefined].flatMap((line) =>
    line ? [cleanLine(line)] : [],
  );
}

async function askChannel(context: Context): Promise<ChannelName> {
  const { messages } = context;
  const choices = channelNames.map((value) => ({ value, name: channelLabel(value) }));
  const typed = await flagOrAnswer(context, "--channel", undefined, (prompter) =>
    prompter.select({ message: messages.newsroom.askChannel, choices }),
  );
  return oneOf("--channel", typed, channelNames);
}
