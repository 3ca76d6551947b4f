import type { Context } from "../../../context.js";
import { approvedArticle, sitesOf } from "../../../contract/article.js";
import type { Redaction, Rendering, Submission } from "../../../contract/contract.js";
import { isQuotable } from "../../../contract/corrections.js";
import { abilities } from "../../../contract/roles.js";
import { type ExitCode, failed, KominfoError, temporary, usage } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { createNewsroomClock } from "../../../publish/clock.js";
import { journalPath, readPublicationJournal } from "../../../publish/journal.js";
import { asKnown } from "../../../publish/known-account.js";
import { openPublicationPhotos } from "../../../publish/photos.js";
import {
  isLookedForFirst,
  type PlannedPublication,
  planPublications,
  type Quota,
} from "../../../publish/plan.js";
import { readRefusedLogins } from "../../../publish/refused-logins.js";
import { workspaceSite } from "../../newsroom/address.js";
import { loadKeptPhotos } from "../../newsroom/kept-photos.js";
import { isStopped, isTakenDown, releaseOf } from "../../newsroom/publication.js";
import { type OpenSeat, openEarly } from "../accounts/accounts.js";
import { openChosen, requireSeats } from "../accounts/open-accounts.js";
import { outletOf, requireWatched, takesAccounts, tellLogins, warnOfPaused } from "../accounts/outlets.js";
import { type PublishChoices, type PublishFlags, probableAccounts, readPublishFlags } from "../input.js";
import { journalFolder, localClocks } from "../place.js";
import { agree, requireAgreedCost, requireFit, requireLinkNow } from "../plan/agree.js";
import { showPlan } from "../plan/plan-report.js";
import { type PreparedPhotos, prepareForQuestion, preparePhotos, sizesOf } from "../plan/prepare-photos.js";
import type { PublishResult } from "../types.js";
import { settledByHand, showSettled } from "./by-hand.js";
import { createChannelLine } from "./channel-line.js";
import { siteOf } from "./machine.js";
import { type OpenPlan, publishAll, type Run } from "./publish-all.js";
import { exitOfResults, showResults } from "./report.js";

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
  const noted = readRefusedLogins(context.paths.state);
  const opening = noted.then((refusals) => ({ context, clock, refusals }));
  // Where nobody is asked anything, the channels say who the logins are while the newsroom answers.
  const opened = flags.yes ? opening.then((it) => openEarly(it, probableAccounts(flags))) : undefined;
  opened?.catch(() => {});
  const [submission, redactions, service, outlets, refusals] = await Promise.all([
    newsroom.submission(id),
    newsroom.redactions(id).catch(none),
    newsroom.service(),
    newsroom.outlets(),
    noted,
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
  if (unsent(submission, renderings).length > 0 && redactions.some((one) => concerns(one, submission))) {
    throw failed("publication-refused", { refusal: "redacted" });
  }
  const isAllUnsent = unsent(submission, renderings).length === renderings.length;
  // Scripts are told by the newsroom, for each channel.
  if (isAllUnsent && !isAgreed(choices)) await requireNotStopped(newsroom, submission);
  const settled = settledByHand(submission, renderings, choices.again);
  if (renderings.length > 0 && settled.length === renderings.length) {
    // A link that shall be taken down is no answer to whoever publishes.
    if (settled.some(({ publication }) => publication?.take_down))
      await requireNotStopped(newsroom, submission);
    return showSettled(context, newsroom, submission, settled, choices);
  }
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
    const open = await openChosen(
      { ...(await opening), onSeat, ...(opened && { early: await opened }) },
      choices,
    );
    const sites = [
      ...sitesOf(outlets, submission.kecamatan),
      ...[siteOf(open)?.account, siteOf(open)?.home, await workspaceSite(context)].flatMap(
        (site) => site ?? [],
      ),
    ];
    const run: Run = {
      ...{ context, newsroom, features, clock, outlets, submission, choices, refusals, photos, sites },
      article: approvedArticle(submission, sites),
      line: createChannelLine(context, { inPipe: true }),
      ...open,
      seats: open.seats.map((seat) => asKnown(seat, outlets, submission)),
    };
    // Nobody is told to publish by hand what shall not be out.
    if (run.seats.length + run.refused.length === 0) await requireNotStopped(newsroom, submission);
    if (run.seats.length === 0 && !choices.dryRun) await tellLogins(run, outlets);
    requireSeats(context, choices, run, settled);
    const absent = settled.filter(({ channel }) => !run.seats.some((seat) => seat.channel === channel));
    return await publishPlanned(run, renderings, early, absent);
  } finally {
    await photos.remove();
  }
}

/**
 * The newsroom would refuse what shall not be out, after all questions: its state is looked at before the first one. An editor's word is the
 * one that is waited for. Throws `publish-taken-down`, and `publication-refused` with `stopped` (exit 1).
 */
async function requireNotStopped(newsroom: NewsroomClient, submission: Submission): Promise<void> {
  const { publications } = submission;
  // Nothing was ever asked to go where nothing was out or has failed.
  const mayBe = publications.some(
    (row) => row.take_down || row.state === "unpublished" || row.state === "failed",
  );
  if (!mayBe || abilities[(await newsroom.me()).user.role].steps === "editor") return;
  if (isTakenDown(submission)) throw failed("publish-taken-down", {});
  if (isStopped(submission, await newsroom.history(submission.id))) {
    throw failed("publication-refused", { refusal: "stopped" });
  }
}

/** An older newsroom tells some people of no redactions. It refuses to send what was redacted. */
function none(error: unknown): Redaction[] {
  if (error instanceof KominfoError && error.code === "not-allowed") return [];
  throw error;
}

/** Whether what was approved has lost something by this redaction. */
function concerns({ revision, sha256 }: Redaction, { approval, content }: Submission): boolean {
  return (
    (revision !== null && revision === approval?.revision) ||
    (sha256 !== null && content.photos.some((photo) => photo.sha256 === sha256))
  );
}

/** Loads the channels of this machine's accounts, while the newsroom answers: last X, which is asked last and takes longest to load. */
async function loadChannels(context: Context): Promise<void> {
  const listed = await (await context.credentials()).list({ ask: false });
  const here = (["web", "instagram", "facebook", "x"] as const).filter((channel) =>
    listed.some(({ service }) => service === channel),
  );
  for (const channel of here) await (await context.channel(channel)).publishing();
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
  settled: readonly PublishResult[],
): Promise<ExitCode> {
  const { context, submission, choices, seats, article } = run;
  const { costOf, lookCostOf } = await import("../../../channels/cost.js");
  const { agreed, unsent } = await interruptedHere(run);
  const kept = await loadKeptPhotos(run.newsroom, submission);
  const planned = planPublications({
    ...{ submission, renderings, seats, article, kept },
    costOf: (rendering, link, corrects) =>
      costOf(rendering, { link, corrects: corrects !== undefined && isQuotable(corrects) }),
    lookCostOf,
    isUnsent: ({ id }) => unsent.has(id),
    isAgreed: ({ id }) => agreed.has(id),
    link: choices.link,
    again: choices.again,
  }).map((plan) => ({ ...plan, seat: seats.find((seat) => seat.channel === plan.channel)! }));
  requireFit(context, planned, choices.at);
  requireLinkNow(choices, planned);
  const cost = planned.reduce((sum, plan) => sum + plan.cost, 0);
  requireTimes(run, planned);
  requireAgreedCost(choices, cost);
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
  const code = showResults(context, run.newsroom, submission, [...results, ...settled], facts());
  await tellLogins({ ...run, results }, run.outlets);
  return code;
}

/** What this machine has interrupted itself: what a person has agreed to here for the same price, and what was never sent, by id. */
async function interruptedHere({ context, newsroom, submission, choices }: Run): Promise<{
  agreed: ReadonlySet<string>;
  unsent: ReadonlySet<string>;
}> {
  const agreed = new Set<string>();
  const unsent = new Set<string>();
  for (const { id, state } of submission.publications) {
    if (state !== "publishing" && state !== "unclear") continue;
    const journal = await readPublicationJournal(journalPath(journalFolder(context), id));
    const { attempt } = journal;
    if (journal.agreed?.origin === newsroom.origin && (journal.agreed.link || !choices.link)) agreed.add(id);
    const isUnsent = attempt?.kind === "send" && !attempt.committed && !attempt.told;
    if (isUnsent && attempt.origin === newsroom.origin) unsent.add(id);
  }
  return { agreed, unsent };
}

/**
 * Requires a publisher for a time that was chosen, and warns of accounts that are paused where this run does not find out itself.
 * Throws `account-unwatched` (exit 1).
 */
function requireTimes(run: Run, planned: readonly OpenPlan[]): void {
  const { context, choices, outlets, features, clock } = run;
  const seats = planned
    .filter((plan) => plan.action === "send" || isLookedForFirst(plan, choices.at))
    .map(({ seat }) => seat);
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
