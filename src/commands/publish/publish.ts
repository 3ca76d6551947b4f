import type { Context } from "../../context.js";
import type { Outlet, Publication, Rendering, Submission } from "../../contract/contract.js";
import { isQuotable } from "../../contract/corrections.js";
import {
  cancelled,
  type ExitCode,
  exit,
  failed,
  KominfoError,
  temporary,
  usage,
} from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { createNewsroomClock } from "../../publish/clock.js";
import { openPublicationPhotos } from "../../publish/photos.js";
import {
  type PlannedPublication,
  planPublications,
  type Quota,
  waitsForArticle,
} from "../../publish/plan.js";
import { type RefusedLogins, readRefusedLogins } from "../../publish/refused-logins.js";
import { noteAgreement } from "../../publish/send.js";
import { releaseOf } from "../newsroom/publication.js";
import type { OpenSeat, RefusedLogin } from "./accounts.js";
import { agree, requireAgreedCost, requireFit } from "./agree.js";
import { announcePlanned } from "./announce.js";
import { createChannelLine } from "./channel-line.js";
import { type PublishChoices, type PublishFlags, readPublishFlags } from "./input.js";
import { hasJournals } from "./interrupted.js";
import { articleOf, bringForward, journalFolder, localClocks, type Machine, siteOf } from "./machine.js";
import { openChosen, requireSeats } from "./open-accounts.js";
import { outletOf, requireWatched, takesAccounts, tellLogins, warnOfPaused } from "./outlets.js";
import { showPlan } from "./plan-report.js";
import { type PreparedPhotos, prepareForQuestion, preparePhotos, sizesOf } from "./prepare-photos.js";
import { exitOfResults, resultLine, showResults } from "./report.js";
import type { PublishResult } from "./types.js";

type OpenPlan = PlannedPublication & { seat: OpenSeat };

/** The publication of one submission. */
interface Run extends Machine {
  /** Accounts whose login does not open. */
  refused: readonly RefusedLogin[];
  refusals: RefusedLogins;
  /** The accounts that the newsroom knows. */
  outlets: readonly Outlet[];
  submission: Submission;
  choices: PublishChoices;
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
  // Whoever needs them meets their failure. Without an approval nobody does.
  for (const early of [rendered, loadChannels(context)]) early.catch(() => {});
  const [submission, service, outlets, refusals] = await Promise.all([
    newsroom.submission(id),
    newsroom.service(),
    newsroom.outlets(),
    readRefusedLogins(context.paths.state),
  ]);
  clock.set(service.time);
  const { approval } = submission;
  if (!approval) throw failed("not-approved", { state: submission.state });
  // An operator sends to the kecamatan's pages only; nothing is asked where that is among them.
  if (!approval.destinations.includes("kecamatan") && (await newsroom.me()).user.role === "operator") {
    throw failed("publish-by-kabupaten");
  }
  const choices = readPublishFlags(clock.now(), flags, approval.channels);
  const release = releaseOf(submission, clock.now());
  if (release !== undefined && choices.at !== undefined && Date.parse(choices.at) < Date.parse(release)) {
    throw usage("under-embargo", { until: release });
  }
  const renderings = (await rendered).channels.filter(({ channel }) => choices.channels.includes(channel));
  const photos = await openPublicationPhotos({
    download: (sha256, signal) => newsroom.photo(sha256, signal),
    images: context.images,
    signal: context.host.signal,
  });
  try {
    // Nobody will be asked anything, so the photos are made while the accounts open. No row is planned before: where a login is refused
    // nothing is begun.
    const toSend = isAgreed(choices) ? unsent(submission, renderings) : [];
    const early = isAgreed(choices) ? preparePhotos(photos, toSend) : undefined;
    const onSeat = (seat: OpenSeat) => void findPictures(seat, choices, toSend);
    const { features } = service;
    const run: Run = {
      ...{ context, newsroom, features, clock, outlets, submission, choices, refusals, photos },
      line: createChannelLine(context, { inPipe: true }),
      ...(await openChosen({ context, clock, refusals, onSeat }, choices)),
    };
    if (run.seats.length === 0 && !choices.dryRun) await tellLogins(run, outlets);
    requireSeats(context, choices, run);
    return await publishPlanned(run, renderings, early);
  } finally {
    await photos.remove();
  }
}

/** Loads the channels of this machine's accounts, while the newsroom answers. */
async function loadChannels(context: Context): Promise<void> {
  const listed = await (await context.credentials()).list({ ask: false });
  const services = new Set(listed.flatMap(({ service }) => (service === "newsroom" ? [] : [service])));
  await Promise.all([...services].map(async (service) => (await context.channel(service)).publishing()));
}

/** Asks a website which pictures of these renderings it has, while there is something else to wait for. */
async function findPictures(
  { publishing, session }: OpenSeat,
  { at }: PublishChoices,
  renderings: readonly Rendering[],
): Promise<void> {
  // Another machine sends at a time that was chosen.
  if (at !== undefined) return;
  const shown = renderings.filter(({ channel }) => channel === "web" || channel === "instagram");
  const photos = shown.flatMap((rendering) => rendering.photos);
  // Whoever stores one meets the failure.
  await publishing.findPictures?.(session, photos).catch(() => {});
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
    costOf: (rendering, link, corrects) =>
      costOf(rendering, { link, corrects: corrects !== undefined && isQuotable(corrects) }),
    link: choices.link,
    again: choices.again,
  }).map((plan) => ({ ...plan, seat: seats.find((seat) => seat.channel === plan.channel)! }));
  requireFit(context, planned);
  const cost = planned.reduce((sum, plan) => sum + plan.cost, 0);
  requireTimes(run, planned);
  requireAgreedCost(choices, planned, cost);
  const photos = early ?? (await prepareForQuestion(context, run.photos, planned));
  const quotas = early ? new Map<PlannedPublication, Quota>() : await quotasOf(planned);
  const facts = () => ({ submission, bytes: sizesOf(planned, photos), quotas, cost, at: choices.at });
  if (choices.dryRun) {
    const release = choices.at === undefined ? releaseOf(submission, run.clock.now()) : undefined;
    const embargo = release === undefined ? undefined : temporary("under-embargo", { until: release });
    return exitOfResults(showPlan(context, planned, facts(), { ...run, embargo }));
  }
  if (!early) {
    await agree(context, choices, planned, facts());
    const site = siteOf(run);
    const toSend = planned.filter(({ action }) => action === "send").map(({ rendering }) => rendering);
    if (site) void findPictures(site, choices, toSend);
  }
  const results = await publishAll(run, planned);
  // Of what was scheduled, too.
  await photos.ready.catch(() => {});
  const code = showResults(context, run.newsroom, submission, results, facts());
  await tellLogins({ ...run, results }, run.outlets);
  return code;
}

/**
 * Requires a publisher for a time that was chosen, and warns of accounts that are paused where this run does not find out itself.
 * Throws `account-unwatched` (exit 1).
 */
function requireTimes(run: Run, planned: readonly OpenPlan[]): void {
  const { context, choices, outlets, features, clock } = run;
  const seats = planned.filter(({ action }) => action === "send").map(({ seat }) => seat);
  const isTimed = choices.at !== undefined;
  if (isTimed && takesAccounts(features)) requireWatched(context, seats, outlets, clock.now());
  if (!isTimed && !choices.dryRun) return;
  warnOfPaused(
    context,
    seats.flatMap((seat) => outletOf(outlets, seat) ?? []),
  );
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
      return { channel: plan.channel, seat: plan.seat, planned: plan, error };
    }
  };
  // Instagram has the longest way, so its pictures go to the site before the article's.
  const pictured = planned
    .filter(({ channel, showsLink }) => channel === "instagram" && !showsLink)
    .map((plan) => ({ plan, result: publish(plan, null) }));
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
    const done = ended.flatMap((end) => (end.status === "fulfilled" && end.value.sent ? [end.value] : []));
    for (const result of done) context.output.note(resultLine(context, context.output.noteStyle, result));
    if (await hasJournals(context)) context.output.warn(context.messages.publish.interrupted);
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

/** Plans a publication, and remembers on this machine what was agreed to: `sync` goes on with it too. */
async function planAgreed(run: Run, { channel, seat }: OpenPlan): Promise<Publication> {
  const { context, newsroom, submission, choices } = run;
  const row = await planOne(run, channel, seat.account);
  if (choices.at === undefined) {
    await noteAgreement(journalFolder(context), row.id, {
      ...{ origin: newsroom.origin, submission: submission.id, link: choices.link },
      again: choices.again.includes(channel),
    });
  }
  return row;
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
  const known = { channel: planned.channel, seat, planned };
  if (action === "out") return { ...known, state: "out", ...(existing && { publication: existing }) };
  if (action === "paste") {
    return { ...known, state: "uncorrected", ...(planned.corrects && { publication: planned.corrects }) };
  }
  const publication = (action === "go-on" && existing) || row || (await planAgreed(run, planned));
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
