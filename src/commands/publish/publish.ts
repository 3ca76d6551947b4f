import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import type { Outlet, Publication, Rendering, Submission } from "../../contract/contract.js";
import { cancelled, denied, type ExitCode, exit, failed, KominfoError, usage } from "../../errors/errors.js";
import { renderingWarning } from "../../language/rendering-warning.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { createNewsroomClock } from "../../publish/clock.js";
import { openPublicationPhotos, type PublicationPhotos } from "../../publish/photos.js";
import {
  type PlannedPublication,
  planPublications,
  type Quota,
  waitsForArticle,
} from "../../publish/plan.js";
import { type RefusedLogins, readRefusedLogins } from "../../publish/refused-logins.js";
import { createProgress } from "../../terminal/progress.js";
import { formatBytes } from "../../text/bytes.js";
import { formatInstant } from "../../text/instant.js";
import { type Opening, type OpenSeat, openSeats, type RefusedLogin } from "./accounts.js";
import { announcePlanned } from "./announce.js";
import { formatCost, type PublishChoices, type PublishFlags, readPublishFlags } from "./input.js";
import { articleOf, bringForward, localClocks, type Machine } from "./machine.js";
import { outletOf, requireWatched, takesAccounts, tellLogins, warnOfPaused } from "./outlets.js";
import { type PlanFacts, planText, showPlan, showResults } from "./report.js";
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
  const [submission, service, outlets] = await Promise.all([
    newsroom.submission(id),
    newsroom.service(),
    newsroom.outlets(),
  ]);
  clock.set(service.time);
  const { approval } = submission;
  if (!approval) throw failed("not-approved", { state: submission.state });
  const choices = readPublishFlags(context, flags, approval.channels);
  const { features } = service;
  const refusals = await readRefusedLogins(context.paths.state);
  const opening = { context, clock, refusals };
  const { seats, refused } = await openSeats(opening, choices);
  const absent = choices.channels.filter(
    (name) => ![...refused, ...seats].some(({ channel }) => channel === name),
  );
  if (seats.length === 0) {
    if (!choices.dryRun) {
      await tellLogins({ context, newsroom, features, refusals, seats, refused }, outlets);
    }
    throw refused[0]?.error ?? denied("no-channel-account", { channels: absent });
  }
  if (absent.length > 0) {
    context.output.warn(context.messages.publish.notHere({ channels: absent.map(channelLabel) }));
  }
  const renderings = (await newsroom.renderings(id)).channels;
  const site = await openPictureSite(opening, choices, seats);
  // Opened last: its folder is removed by the run.
  const photos = await openPublicationPhotos({
    download: (sha256) => newsroom.photo(sha256),
    images: context.images,
    signal: context.host.signal,
  });
  const run: Run = {
    ...{ context, newsroom, features, clock, outlets, submission, choices, seats, refused, refusals },
    ...{ site, photos },
  };
  return publishPlanned(run, renderings).finally(photos.remove);
}

/** Instagram fetches its pictures from the website, also in a run that does not publish there. */
async function openPictureSite(
  opening: Opening,
  { names }: PublishChoices,
  seats: readonly OpenSeat[],
): Promise<OpenSeat | undefined> {
  const has = (name: string) => seats.some(({ channel }) => channel === name);
  if (!has("instagram") || has("web")) return undefined;
  const { seats: sites, refused } = await openSeats(opening, { channels: ["web"], names });
  if (refused[0]) throw refused[0].error;
  return sites[0];
}

async function publishPlanned(run: Run, renderings: readonly Rendering[]): Promise<ExitCode> {
  const { context, submission, choices, seats, photos } = run;
  const { costOf } = await import("../../channels/cost.js");
  const planned = planPublications({
    ...{ submission, renderings, seats },
    costOf: (rendering, link) => costOf(rendering, { link }),
    link: choices.link,
    again: choices.again,
  }).map((plan) => ({ ...plan, seat: seats.find((seat) => seat.channel === plan.channel)! }));
  for (const { channel, unfit } of planned) {
    const [problem] = unfit;
    if (problem) {
      throw usage("publish-unfit", {
        channel: channelLabel(channel),
        problem: renderingWarning(problem, context.messages),
      });
    }
  }
  const bytes = await sizesOf(context, planned, photos);
  const quotas = await quotasOf(planned);
  const cost = planned.reduce((sum, plan) => sum + plan.cost, 0);
  requireTimes(run, planned);
  for (const { error } of choices.dryRun ? run.refused : []) context.output.failure(error, context.messages);
  if (choices.dryRun) return showPlan(context, planned, { bytes, quotas, cost });
  await agree(run, planned, { bytes, quotas, cost });
  const results = await publishAll(run, planned);
  await tellLogins({ ...run, results }, run.outlets);
  return showResults(context, run.newsroom, submission, results, { bytes, cost });
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
  for (const plan of planned) {
    const { publishing, session } = plan.seat;
    const quota = plan.action === "send" ? await publishing.quota?.(session) : undefined;
    if (quota) quotas.set(plan, quota);
  }
  return quotas;
}

/** The bytes of the photos of each plan that is sent. */
async function sizesOf(
  context: Context,
  planned: readonly PlannedPublication[],
  { photo }: PublicationPhotos,
): Promise<Map<PlannedPublication, number>> {
  const progress = createProgress(context.output);
  const sizes = new Map<PlannedPublication, number>();
  const toSend = planned.filter(({ action }) => action === "send");
  const total = toSend.reduce((sum, { rendering }) => sum + rendering.photos.length, 0);
  let done = 0;
  try {
    for (const plan of toSend) {
      let bytes = 0;
      for (const rendered of plan.rendering.photos) {
        progress.update({ label: context.messages.publish.preparing, done, total });
        bytes += (await photo(rendered)).length;
        done += 1;
      }
      sizes.set(plan, bytes);
    }
  } finally {
    progress.clear();
  }
  return sizes;
}

/** Shows the plan and asks once. Throws `publish-cost-*` (exit 2) where nobody agreed to the cost. */
async function agree(
  { context, choices }: Run,
  planned: readonly PlannedPublication[],
  { bytes, quotas, cost }: PlanFacts,
): Promise<void> {
  const { maxCost } = choices;
  if (maxCost !== undefined && cost > maxCost) {
    throw usage("publish-cost-over", { cost: formatCost(cost), max: formatCost(maxCost) });
  }
  const toSend = planned.filter(({ action }) => action === "send");
  if (toSend.length === 0) return;
  if (choices.agreed) {
    if (cost > 0 && maxCost === undefined) {
      throw usage("publish-cost-unagreed", { cost: formatCost(cost) });
    }
    return;
  }
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-input", { flag: "--yes" });
  const { messages, language, output } = context;
  output.note(planText(context, planned, { bytes, quotas }));
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  const message =
    choices.at === undefined
      ? messages.publish.ask({
          count: toSend.length,
          size: formatBytes(total, language),
          cost: cost > 0 ? formatCost(cost) : undefined,
        })
      : messages.publish.askSchedule({ count: toSend.length, when: formatInstant(choices.at, language) });
  if (!(await prompter.confirm({ message, default: false }))) throw cancelled("cancelled");
}

/** The web first: other channels show its link or its pictures. */
async function publishAll(run: Run, planned: readonly OpenPlan[]): Promise<PublishResult[]> {
  const { context, submission } = run;
  const results: PublishResult[] = [];
  let article = articleOf(submission);
  const unannounced = await announcePlanned(run, planned);
  for (const plan of planned) {
    const failure = (error: unknown): PublishResult => {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      return { channel: plan.channel, seat: plan.seat, planned: plan, error };
    };
    const refusal = unannounced.get(plan);
    const result = refusal ? failure(refusal) : await publishOne(run, plan, article).catch(failure);
    if (context.host.signal.aborted) throw cancelled("cancelled");
    results.push(result);
    if (plan.channel === "web" && result.sent?.outcome.state === "published") {
      article = result.sent.outcome.url ?? article;
    }
  }
  for (const { channel, account = "", error } of run.refused) {
    const label = outletOf(run.outlets, { channel, account })?.label ?? account;
    results.push({ channel, seat: { account, label }, error });
  }
  return results;
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
