import type { ChannelAccount } from "../channels/publishing.js";
import type { AccountChannel } from "../channels/registry.js";
import { type Article, articleElsewhere } from "../contract/article.js";
import {
  blockingWarnings,
  type Publication,
  type Rendering,
  type RenderingWarning,
  type Submission,
} from "../contract/contract.js";
import { isCorrectedByHand, isRecordedByHand, uncorrectedOf } from "../contract/corrections.js";
import { isCorrectedInPlace, type KeptPhotos } from "../contract/kept-photos.js";

/** An account that this machine holds a login of. */
export interface Seat extends ChannelAccount {
  channel: AccountChannel;
  /** Its name in the vault, with which `--account` chooses it. */
  name: string;
  origin: string;
}

/** Why a rendering cannot be sent as it is. Each is also a warning of the preview. */
export type Unfit = RenderingWarning;

/** What a run would do with one channel. */
export interface PlannedPublication {
  channel: Rendering["channel"];
  seat: Seat;
  rendering: Rendering;
  /**
   * `send`: nothing is there yet, or it failed. `go-on`: an earlier run was interrupted, or waits. `out`: it is there already.
   * `paste`: it corrects what is out on a channel that lets no program change it, so a person does.
   */
  action: "send" | "go-on" | "out" | "paste";
  /** The row at the newsroom, where there is one. */
  existing?: Publication;
  /** The earlier revision that is out on the account, which this one corrects. */
  corrects?: Publication;
  /** The text shows the article's address, where it has one. */
  showsLink: boolean;
  /** It was interrupted, and it is not known that it was announced. */
  isLeft?: boolean;
  /** Why it goes out without the article's address, which it would show otherwise. */
  linkLeftOut?: RenderingWarning;
  /** In thousandths of a US dollar. Of `go-on`: for each post that is read, or, where it may be sent after all, of that. */
  cost: number;
  unfit: Unfit[];
  /** Posts on the account that go on showing photos which are not approved any more, whatever is sent. */
  kept: KeptPhotos[];
}

/** Whether its photos are sent: a correction in place changes the text alone. */
export function sendsPhotos(plan: PlannedPublication): boolean {
  return mayBeSent(plan) && !(plan.corrects !== undefined && isCorrectedInPlace(plan.channel));
}

/** What a channel lets an account send in a day or so, and how much of it is used. */
export interface Quota {
  used: number;
  total: number;
}

export interface PlanRequest {
  submission: Submission;
  renderings: readonly Rendering[];
  seats: readonly Seat[];
  /** `--link`: also where a link costs. */
  link: boolean;
  /** Channels on which a recorded link does not count (`--again`). */
  again: readonly string[];
  /** The article, as it is before this run. */
  article: Article;
  /** Cost of a rendering in thousandths of a US dollar. */
  costOf(rendering: Rendering, link: boolean, corrects: Publication | undefined): number;
  /** Whether this machine has interrupted it itself before it was sent, whatever the newsroom knows by now. */
  isUnsent?(publication: Publication): boolean;
  /** Whether a person has agreed on this machine to send what was interrupted, for the same price. */
  isAgreed?(publication: Publication): boolean;
  /** Cost of looking whether something is out, in thousandths of a US dollar. */
  lookCostOf(channel: AccountChannel): number;
  /** Where photos are still out that are not approved any more. */
  kept?: readonly KeptPhotos[];
}

/** Plans the publication of the approved revision on these accounts, in the order in which they are sent. Pure. */
export function planPublications(request: PlanRequest): PlannedPublication[] {
  const {
    submission,
    renderings,
    seats,
    link,
    costOf,
    lookCostOf,
    isUnsent,
    isAgreed,
    article,
    kept = [],
  } = request;
  const onSeats = renderings.flatMap((rendering) =>
    seats
      .filter(({ channel }) => channel === rendering.channel)
      .map((seat) => ({ rendering, seat, ...onSeat(request, seat) })),
  );
  // What this run brings out at the office's site has a better address.
  const isToCome = onSeats.some(
    ({ seat, action }) => seat.channel === "web" && (action === "send" || action === "go-on"),
  );
  const elsewhere = isToCome ? undefined : article.elsewhere;
  return onSeats.map(({ rendering, seat, action, existing }) => {
    const corrects =
      correctedBy(submission, seat) ??
      (action === "paste" ? recordedBefore(submission, seat.channel) : undefined);
    const isWanted = rendering.link !== null && (rendering.link.when === "known" || link);
    const showsLink = isWanted && elsewhere === undefined;
    // Left behind, and nobody says whether it was announced: if it was not, it is sent.
    const isAbandoned = existing?.state === "publishing" && existing.held === null;
    const isLeft = action === "go-on" && existing && (isAbandoned || isUnsent?.(existing) === true);
    const isLeftOut = isWanted && !showsLink && (action === "send" || action === "go-on");
    return {
      channel: rendering.channel,
      ...{ seat, rendering, action },
      ...(existing && { existing }),
      ...(corrects && { corrects }),
      showsLink,
      ...(isLeft && { isLeft }),
      ...(isLeftOut && elsewhere !== undefined && { linkLeftOut: articleElsewhere(elsewhere) }),
      cost:
        action === "send" || (isLeft && !isAgreed?.(existing))
          ? costOf(rendering, showsLink, corrects)
          : action === "go-on" && existing?.state === "unclear"
            ? lookCostOf(seat.channel)
            : 0,
      unfit: rendering.warnings.filter(
        ({ code }) => blockingWarnings.includes(code) || (code === "domain" && !link),
      ),
      kept: kept.filter(
        ({ channel, account }) => channel === seat.channel && (account === seat.account || account === ""),
      ),
    };
  });
}

/** What there is on an account, and what is to be done there. */
function onSeat(
  { submission, again }: PlanRequest,
  seat: Seat,
): Pick<PlannedPublication, "action" | "existing"> {
  const rows = submission.publications.filter(
    (row) =>
      row.channel === seat.channel &&
      row.revision === submission.approval?.revision &&
      row.state !== "unpublished",
  );
  const existing = rows.findLast((row) => row.account === seat.account);
  const isRecorded = rows.some((row) => row.account === "" && row.state === "published");
  const isOut = existing?.state === "published" || (isRecorded && !again.includes(seat.channel));
  const isUnderWay = ["publishing", "unclear", "handed_over"].includes(existing?.state ?? "");
  const corrects = correctedBy(submission, seat);
  // What a person has put there, a new post would show a second time.
  const isPasted = corrects
    ? isCorrectedByHand(seat.channel)
    : recordedBefore(submission, seat.channel) !== undefined && !again.includes(seat.channel);
  const action = isOut ? "out" : isUnderWay ? "go-on" : isPasted ? "paste" : "send";
  return { action, ...(existing && { existing }) };
}

/** Whether a run sends this, or may have to: what was interrupted before it was announced costs what sending costs. */
export function mayBeSent({ action, isLeft = false, cost }: PlannedPublication): boolean {
  return action === "send" || (isLeft && cost > 0);
}

/**
 * Whether this is only looked for, and gets the time that was chosen once it is proved not to be out: an interrupted run goes on otherwise,
 * which would send it now. What was handed over is followed only, whatever the time.
 */
export function isLookedForFirst(
  { action, existing }: Pick<PlannedPublication, "action" | "existing">,
  at: string | undefined,
): boolean {
  return at !== undefined && action === "go-on" && existing?.state !== "handed_over";
}

/** The newest earlier revision that is out on an account. */
function correctedBy(
  { approval, publications }: Submission,
  { channel, account }: Seat,
): Publication | undefined {
  return publications.findLast(
    (row) =>
      row.channel === channel &&
      row.account === account &&
      row.state === "published" &&
      row.revision < (approval?.revision ?? 0),
  );
}

/** The link of an earlier revision that a person has recorded on a channel, and has to correct there. */
export function recordedBefore(
  submission: Pick<Submission, "approval" | "publications">,
  channel: Rendering["channel"],
): Publication | undefined {
  return uncorrectedOf(submission).findLast((row) => row.channel === channel && isRecordedByHand(row));
}

/** Whether this publication waits for the article: its text shows the address, and the web is approved and not out yet. */
export function waitsForArticle(
  planned: PlannedPublication,
  { approval }: Submission,
  article: string | null,
): boolean {
  return (
    planned.channel !== "web" &&
    planned.showsLink &&
    article === null &&
    approval?.channels.includes("web") === true
  );
}
