import type { Context } from "../../context.js";
import type { Outlet, Publication, Rendering, Submission } from "../../contract/contract.js";
import { cancelled, type ExitCode, exit, failed, KominfoError } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { createNewsroomClock } from "../../publish/clock.js";
import { openPublicationPhotos } from "../../publish/photos.js";
import {
  type PlannedPublication,
  planPublications,
  type Quota,
  waitsForArticle,
} from "../../publish/plan.js";
import type { OpenSeat } from "./accounts.js";
import { agree, requireAgreedCost, requireFit } from "./agree.js";
import { type PublishChoices, type PublishFlags, readPublishFlags } from "./input.js";
import { hasJournals } from "./interrupted.js";
import { articleOf, bringForward, localClocks, type Machine } from "./machine.js";
import { type OpenedAccounts, openChosen, openEarly } from "./open-accounts.js";
import { showPlan } from "./plan-report.js";
import { type PreparedPhotos, prepareForQuestion, preparePhotos, sizesOf } from "./prepare-photos.js";
import { exitOfResults, showResults } from "./report.js";
import type { PublishResult } from "./types.js";

type OpenPlan = PlannedPublication & { seat: OpenSeat };

/** The publication of one submission. */
interface Run extends Machine {
  /** Accounts that do not open. */
  refused: OpenedAccounts["refused"];
  submission: Submission;
  choices: PublishChoices;
  /** Who is logged in, and the accounts that the newsroom knows; absent in a dry run. */
  known?: Promise<[Awaited<ReturnType<NewsroomClient["me"]>>, Outlet[]]>;
}

/**
 * Publishes what was approved of a submission on the accounts of this machine. Asks once, after it has shown what goes where, how
 * large it is and what it costs. Repeating it is always safe: what is out stays out, and what was interrupted goes on.
 */
export async function publishSubmission(
  context: Context,
  newsroom: NewsroomClient,
  id: string,
  flags: PublishFlags,
): Promise<ExitCode> {
  const clock = createNewsroomClock(localClocks(context));
  const rendered = newsroom.renderings(id);
  const known = flags.dryRun ? undefined : Promise.all([newsroom.me(), newsroom.outlets()]);
  // Whoever needs them meets their failures. Without an approval nobody does.
  for (const early of [rendered, known]) early?.catch(() => {});
  const opening = openEarly(context, clock, flags.to);
  const [submission, service] = await Promise.all([newsroom.submission(id), newsroom.service()]);
  clock.set(service.time);
  const { approval } = submission;
  if (!approval) throw failed("not-approved", { state: submission.state });
  const choices = readPublishFlags(context, flags, approval.channels);
  const renderings = (await rendered).channels.filter(({ channel }) => choices.channels.includes(channel));
  const photos = await openPublicationPhotos({
    download: (sha256, signal) => newsroom.photo(sha256, signal),
    images: context.images,
    signal: context.host.signal,
  });
  try {
    // Nobody will be asked anything, so the photos are made while the accounts open.
    const early = isAgreed(choices) ? preparePhotos(photos, unsent(submission, renderings)) : undefined;
    const opened = await openChosen(context, clock, choices, await opening);
    const run: Run = {
      context,
      newsroom,
      clock,
      submission,
      choices,
      photos,
      ...opened,
      ...(known && { known }),
    };
    return await publishPlanned(run, renderings, early);
  } finally {
    await photos.remove();
  }
}

function isAgreed({ agreed, dryRun }: PublishChoices): boolean {
  return agreed && !dryRun;
}

/** Of these renderings, those of channels on which nothing of the approved revision is out or under way. */
function unsent({ publications, approval }: Submission, renderings: readonly Rendering[]): Rendering[] {
  const gone = publications.filter(
    ({ revision, state }) =>
      revision === approval?.revision && !["planned", "scheduled", "failed", "unpublished"].includes(state),
  );
  return renderings.filter(({ channel }) => !gone.some((row) => row.channel === channel));
}

async function publishPlanned(
  run: Run,
  renderings: readonly Rendering[],
  early: PreparedPhotos | undefined,
): Promise<ExitCode> {
  const { context, submission, choices, seats } = run;
  const { costOf } = await import("../../channels/cost.js");
  const planned = planPublications({
    ...{ submission, renderings, seats },
    costOf: (rendering, link) => costOf(rendering, { link }),
    link: choices.link,
    again: choices.again,
  }).map((plan) => ({ ...plan, seat: seats.find((seat) => seat.channel === plan.channel)! }));
  requireFit(context, planned);
  const cost = planned.reduce((sum, plan) => sum + plan.cost, 0);
  requireAgreedCost(choices, planned, cost);
  const photos = early ?? (await prepareForQuestion(context, run.photos, planned));
  const quotas = early ? new Map<PlannedPublication, Quota>() : await quotasOf(planned);
  const facts = () => ({ submission, bytes: sizesOf(planned, photos), quotas, cost });
  if (choices.dryRun) return exitOfResults(showPlan(context, planned, facts(), run));
  if (!early) await agree(context, choices, planned, facts());
  const results = await publishAll(run, planned);
  // Of what was scheduled, too.
  await photos.ready.catch(() => {});
  return showResults(context, run.newsroom, submission, results, facts());
}

/** What the channels let these accounts send, where they say so. */
async function quotasOf(planned: readonly OpenPlan[]): Promise<Map<PlannedPublication, Quota>> {
  const quotas = new Map<PlannedPublication, Quota>();
  await Promise.all(
    planned.map(async (plan) => {
      const { publishing, session } = plan.seat;
      const quota = plan.action === "send" ? await publishing.quota?.(session) : undefined;
      if (quota) quotas.set(plan, quota);
    }),
  );
  return quotas;
}

/**
 * Publishes on all channels at once, but for those whose text shows the article's address: they wait for the web. Each is its own
 * publication with its own attempt, so that none of them depends on the order.
 */
async function publishAll(run: Run, planned: readonly OpenPlan[]): Promise<PublishResult[]> {
  const { context, submission } = run;
  await announce(run, planned);
  const publish = async (plan: OpenPlan, article: string | null): Promise<PublishResult> => {
    try {
      return await publishOne(run, plan, article);
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      return { channel: plan.channel, seat: plan.seat, planned: plan, error };
    }
  };
  const articles = planned
    .filter(({ channel }) => channel === "web")
    .map((plan) => ({ plan, result: publish(plan, articleOf(submission)) }));
  const addressOfArticle = async () => {
    const results = await Promise.all(articles.map(({ result }) => result));
    const published = results.flatMap(({ sent }) =>
      sent?.outcome.state === "published" ? sent.outcome.url : [],
    );
    return published.find((url) => url !== null) ?? articleOf(submission);
  };
  const running = planned.map(async (plan) => {
    const web = articles.find((article) => article.plan === plan);
    return web ? web.result : publish(plan, plan.showsLink ? await addressOfArticle() : null);
  });
  // Also after a failure the others come to their end: each leaves a journal that is whole.
  const ended = await Promise.allSettled(running);
  if (context.host.signal.aborted) {
    if (await hasJournals(context)) context.output.warn(context.messages.publish.interrupted);
    throw cancelled("cancelled");
  }
  const results = ended.map((end) => {
    if (end.status === "rejected") throw end.reason;
    return end.value;
  });
  const refused = [...run.refused].map(
    ([channel, error]): PublishResult => ({ channel, seat: { account: "", label: "" }, error }),
  );
  return [...results, ...refused];
}

async function publishOne(run: Run, planned: OpenPlan, article: string | null): Promise<PublishResult> {
  const { submission, choices } = run;
  const { seat, action, existing } = planned;
  const known = { channel: planned.channel, seat, planned };
  if (action === "out") return { ...known, state: "out", ...(existing && { publication: existing }) };
  const publication =
    action === "go-on" && existing ? existing : await planOne(run, planned.channel, seat.account);
  if (choices.at !== undefined && action === "send") return { ...known, publication, state: "scheduled" };
  if (action === "send" && waitsForArticle(planned, submission, article)) {
    return { ...known, publication, state: "waiting" };
  }
  const sent = await bringForward(run, seat, {
    ...{ submission, publication },
    link: planned.showsLink ? article : null,
    linkAgreed: choices.link,
    again: choices.again.includes(planned.channel),
  });
  return { ...known, publication, sent };
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

/** Tells the newsroom of these accounts where it does not know them as they are. */
async function announce(
  { newsroom, submission, known: reading }: Run,
  planned: readonly OpenPlan[],
): Promise<void> {
  const toSend = planned.filter(({ action }) => action !== "out");
  if (toSend.length === 0) return;
  const [{ user }, outlets] = await (reading ?? Promise.all([newsroom.me(), newsroom.outlets()]));
  for (const { seat } of toSend) {
    const { channel, account, label, mode } = seat;
    const known = outlets.find((outlet) => outlet.channel === channel && outlet.account === account);
    if (known && known.label === label && known.mode === mode) continue;
    const destination = known?.destination ?? (user.role === "operator" ? "kecamatan" : "kabupaten");
    const kecamatan = destination === "kecamatan" ? { kecamatan: submission.kecamatan } : {};
    await newsroom.announceOutlet({ channel, account }, { label, destination, mode, ...kecamatan });
  }
}
