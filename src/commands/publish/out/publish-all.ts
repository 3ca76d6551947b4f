import { type Article, isAtSite } from "../../../contract/article.js";
import type { Outlet, Publication, Submission } from "../../../contract/contract.js";
import { cancelledReason } from "../../../contract/failure-codes.js";
import { cancelled, exit, failed, KominfoError } from "../../../errors/errors.js";
import { type PlannedPublication, waitsForArticle } from "../../../publish/plan.js";
import type { RefusedLogins } from "../../../publish/refused-logins.js";
import { isFreeForLater, noteAgreement, noteStopped, settleStopped } from "../../../publish/send.js";
import { releaseOf } from "../../newsroom/publication.js";
import type { OpenSeat, RefusedLogin } from "../accounts/accounts.js";
import { announcePlanned } from "../accounts/announce.js";
import { outletOf } from "../accounts/outlets.js";
import type { PublishChoices } from "../input.js";
import { journalFolder } from "../place.js";
import type { PublishResult } from "../types.js";
import { bringForward, type Machine } from "./machine.js";
import { resultLine } from "./report.js";

/** What is to be done on an account that is open. */
export type OpenPlan = PlannedPublication & { seat: OpenSeat };

/** The publication of one submission. */
export interface Run extends Machine {
  /** Accounts whose login does not open. */
  refused: readonly RefusedLogin[];
  refusals: RefusedLogins;
  /** The accounts that the newsroom knows. */
  outlets: readonly Outlet[];
  submission: Submission;
  /** The article, as it is before this run. */
  article: Article;
  /** Origins of the office's websites. */
  sites: readonly string[];
  choices: PublishChoices;
}

/**
 * Publishes on all channels at once, but for those whose text shows the article's address: they wait for the web. Each is its own
 * publication with its own attempt, so that none of them depends on the order.
 */
export async function publishAll(run: Run, planned: readonly OpenPlan[]): Promise<PublishResult[]> {
  const { context, article, sites, submission } = run;
  const unannounced = await announcePlanned(run, planned);
  // All are written down before the first one is sent: a run that is killed leaves none out.
  const rows = new Map(
    planned
      .filter((plan) => plan.action === "send" && !unannounced.has(plan))
      .map((plan) => [plan, planAgreed(run, plan)]),
  );
  await Promise.allSettled(rows.values());
  const publish = async (plan: OpenPlan, article: string | null): Promise<PublishResult> => {
    try {
      const refusal = unannounced.get(plan);
      if (refusal) throw refusal;
      return await publishOne(run, plan, await rows.get(plan), article);
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      const row = plan.action === "go-on" ? plan.existing : await rows.get(plan)?.catch(() => undefined);
      const publication = row && { publication: { ...row, state: stateAfter(error, plan, row) } };
      return { channel: plan.channel, seat: plan.seat, planned: plan, ...publication, error };
    }
  };
  // Instagram has the longest way, so its pictures go to the site before the article's.
  const pictured = planned
    .filter(({ channel, showsLink }) => channel === "instagram" && !showsLink)
    .map((plan) => ({ plan, result: publish(plan, null) }));
  const articles = planned
    .filter(({ channel }) => channel === "web")
    .map((plan) => ({ plan, result: publish(plan, article.url) }));
  const addressOfArticle = async () => {
    const results = await Promise.all(articles.map(({ result }) => result));
    const published = results.flatMap(({ sent, seat }) => {
      const url = sent?.outcome.state === "published" ? sent.outcome.url : null;
      // What was found out may be somebody's link; what the site has just answered is its own address.
      const isOwn = url !== null && (!sent?.found || isAtSite(url, [seat.account, ...sites]));
      return isOwn ? [url] : [];
    });
    return published[0] ?? article.url;
  };
  const running = planned.map(async (plan) => {
    const begun = [...pictured, ...articles].find((one) => one.plan === plan);
    if (begun) return begun.result;
    if (!plan.showsLink) return publish(plan, null);
    if (articles.length > 0 && plan.action === "send") run.line.doing(plan.channel, { state: "article" });
    return publish(plan, await addressOfArticle());
  });
  // Also after a failure the others come to their end: each leaves a journal that is whole.
  const ended = await Promise.allSettled(running);
  run.line.clear();
  if (context.host.signal.aborted) {
    const done = ended.flatMap((end) => {
      if (end.status === "rejected") return [];
      return end.value.sent || end.value.state === "scheduled" ? [end.value] : [];
    });
    const about = submission.id;
    for (const result of done) {
      context.output.note(resultLine(context, context.output.noteStyle, { ...result, about }));
    }
    await takeBack(run, [...rows.values()], planned);
    throw cancelled("cancelled");
  }
  const results = ended.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
  const refused = run.refused.map(({ channel, account = "", error }): PublishResult => {
    const label = outletOf(run.outlets, { channel, account })?.label ?? account;
    return { channel, seat: { account, label }, error };
  });
  return [...results, ...refused];
}

/** How long the newsroom is told of what was stopped, in ms: the person waits. */
const tellWithinMs = 5000;

/**
 * Takes back what was agreed to and is not sent yet: whoever stops a run may have seen a mistake, and a later `sync`, or the office's publisher,
 * asks nobody. The newsroom is told at once.
 */
async function takeBack(
  { context, newsroom, features, submission }: Run,
  rows: readonly Promise<Publication>[],
  planned: readonly OpenPlan[],
): Promise<void> {
  const { output, messages } = context;
  const folder = journalFolder(context);
  const known = (await Promise.allSettled(rows)).flatMap((row) =>
    row.status === "fulfilled" ? row.value : [],
  );
  const begun = planned.flatMap(({ action, existing }) => (action === "go-on" && existing ? existing : []));
  const telling = await context.newsroom(newsroom.origin, AbortSignal.timeout(tellWithinMs));
  const deps = { newsroom: telling, folder, takesFacts: features.includes("failure_facts") };
  let [mayBeOut, isStopped, isUntold] = [false, false, false];
  for (const publication of [...known, ...begun]) {
    try {
      if (await noteStopped(folder, publication.id)) mayBeOut = true;
      else {
        isStopped = true;
        await settleStopped(deps, { submission: submission.id, publication, link: null });
      }
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      isUntold = true;
    }
  }
  if (isStopped) output.warn(messages.publish.stopped({ submission: submission.id }));
  if (isUntold) output.warn(messages.publish.untoldStopped);
  if (mayBeOut) output.warn(messages.publish.interrupted);
}

/** What a publication is at the newsroom after this failure. What an earlier run has begun stays as it was, and so does what waits for its time. */
function stateAfter(error: KominfoError, { action }: OpenPlan, { state }: Publication): Publication["state"] {
  if (action === "go-on" || error.code === "under-embargo") return state;
  return error.code === "publication-held" ? "publishing" : "failed";
}

/** Plans a publication, and remembers on this machine what was agreed to: `sync` goes on with it too. */
async function planAgreed(run: Run, { channel, seat, existing }: OpenPlan): Promise<Publication> {
  const { submission, choices, clock } = run;
  await requireStillPlanned(run, existing);
  const row = await planOne(run, channel, seat.account);
  // Under an embargo it is refused, and nobody has agreed to a later time.
  if (choices.at === undefined && releaseOf(submission, clock.now()) === undefined) {
    await remember(run, channel, row);
  }
  return row;
}

async function remember(
  { context, newsroom, submission, choices }: Run,
  channel: PlannedPublication["channel"],
  { id }: Publication,
): Promise<void> {
  await noteAgreement(journalFolder(context), id, {
    ...{ origin: newsroom.origin, submission: submission.id, link: choices.link },
    again: choices.again.includes(channel),
  });
}

/**
 * Whoever agreed saw it planned: what an editor has cancelled while the question stood is not planned anew by the answer. Throws
 * `publication-refused` (`cancelled`).
 */
async function requireStillPlanned({ newsroom, submission }: Run, seen?: Publication): Promise<void> {
  if (seen?.state !== "planned" && seen?.state !== "scheduled") return;
  const { publications } = await newsroom.submission(submission.id);
  const row = publications.find(({ id }) => id === seen.id);
  if (row?.state === "failed" && row.reason === cancelledReason) {
    throw failed("publication-refused", { refusal: "cancelled" });
  }
}

/** @param row what was planned for it */
async function publishOne(
  run: Run,
  planned: OpenPlan,
  row: Publication | undefined,
  article: string | null,
): Promise<PublishResult> {
  const { submission, choices } = run;
  const { seat, action, existing } = planned;
  const { kept, linkLeftOut } = planned;
  const known = { channel: planned.channel, seat, planned, kept, ...(linkLeftOut && { linkLeftOut }) };
  if (action === "out") return { ...known, state: "out", ...(existing && { publication: existing }) };
  if (action === "paste") {
    return { ...known, state: "uncorrected", ...(planned.corrects && { publication: planned.corrects }) };
  }
  const publication = action === "go-on" ? existing : row;
  if (!publication) throw new Error("a publication that was not planned came to be sent");
  if (choices.at !== undefined && action === "send") return asScheduled(known, publication);
  if (action === "send" && waitsForArticle(planned, submission, article)) {
    return { ...known, publication, state: "waiting" };
  }
  // What goes on is never sent at once where another time was chosen.
  const onlyLook = choices.at !== undefined;
  if (action === "go-on" && publication.state !== "handed_over" && !onlyLook) {
    await remember(run, planned.channel, publication);
  }
  const sent = await bringForward(run, seat, {
    ...{ submission, publication, onlyLook },
    link: planned.showsLink ? article : null,
    linkAgreed: choices.link,
    again: choices.again.includes(planned.channel),
  });
  if (!onlyLook || !isFreeForLater(sent)) return { ...known, publication, sent };
  return asScheduled(known, await planOne(run, planned.channel, seat.account));
}

/** What got its time. Throws `publication-refused` (`undecided`) where another machine sends it, or has sent it, meanwhile. */
function asScheduled(known: Omit<PublishResult, "publication">, publication: Publication): PublishResult {
  if (publication.state === "published") return { ...known, publication, state: "out" };
  if (publication.state !== "scheduled") throw failed("publication-refused", { refusal: "undecided" });
  return { ...known, publication, state: "scheduled" };
}

/**
 * Plans a publication for now, or for the time that was chosen. What is planned already gets that time. Throws `publish-changed`
 * (exit 1) where the approval is gone meanwhile.
 */
async function planOne(
  { newsroom, clock, submission, choices: { at } }: Run,
  channel: PlannedPublication["channel"],
  account: string,
): Promise<Publication> {
  const wanted =
    at === undefined ? { state: "planned" as const } : { state: "scheduled" as const, scheduled_for: at };
  let row = await newsroom
    .planPublication(submission.id, { channel, account, ...wanted })
    .catch(async (error) => {
      if (!(error instanceof KominfoError) || error.exit !== exit.failed) throw error;
      const { approval, state } = await newsroom.submission(submission.id);
      throw approval ? error : failed("publish-changed", { state });
    });
  const address = { submission: submission.id, publication: row.id };
  const isAsWanted = () =>
    row.state === wanted.state &&
    (at === undefined || Date.parse(row.scheduled_for ?? "") === Date.parse(at));
  const isDue = at === undefined && Date.parse(row.scheduled_for ?? "") <= clock.now().getTime();
  if (row.state === "scheduled" && !isAsWanted() && !isDue) {
    row = await newsroom.changePublication(address, { state: "planned" });
  }
  if (row.state === "planned" && !isAsWanted()) row = await newsroom.changePublication(address, wanted);
  return row;
}
