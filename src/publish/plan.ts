import type { ChannelAccount } from "../channels/publishing.js";
import type { AccountChannel } from "../channels/registry.js";
import {
  blockingWarnings,
  type Publication,
  type Rendering,
  type RenderingWarning,
  type Submission,
} from "../contract/contract.js";
import { isCorrectedByHand } from "../contract/corrections.js";
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
  /** In thousandths of a US dollar. Of `go-on`: for each post that is read. */
  cost: number;
  unfit: Unfit[];
  /** Posts on the account that go on showing photos which are not approved any more, whatever is sent. */
  kept: KeptPhotos[];
}

/** Whether its photos are sent: a correction in place changes the text alone. */
export function sendsPhotos({
  action,
  channel,
  corrects,
}: Pick<PlannedPublication, "action" | "channel" | "corrects">): boolean {
  return action === "send" && !(corrects !== undefined && isCorrectedInPlace(channel));
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
  /** Cost of a rendering in thousandths of a US dollar. */
  costOf(rendering: Rendering, link: boolean, corrects: Publication | undefined): number;
  /** Cost of looking whether something is out, in thousandths of a US dollar. */
  lookCostOf(channel: AccountChannel): number;
  /** Where photos are still out that are not approved any more. */
  kept?: readonly KeptPhotos[];
}

/** Plans the publication of the approved revision on these accounts, in the order in which they are sent. Pure. */
export function planPublications(request: PlanRequest): PlannedPublication[] {
  const { submission, renderings, seats, link, again, costOf, lookCostOf, kept = [] } = request;
  const revision = submission.approval?.revision;
  return renderings.flatMap((rendering) =>
    seats
      .filter(({ channel }) => channel === rendering.channel)
      .map((seat) => {
        const rows = submission.publications.filter(
          (row) => row.channel === seat.channel && row.revision === revision && row.state !== "unpublished",
        );
        const existing = rows.findLast((row) => row.account === seat.account);
        const isRecorded = rows.some((row) => row.account === "" && row.state === "published");
        const isOut = existing?.state === "published" || (isRecorded && !again.includes(seat.channel));
        const isUnderWay = ["publishing", "unclear", "handed_over"].includes(existing?.state ?? "");
        const corrects = correctedBy(submission, seat);
        const isPasted = corrects !== undefined && isCorrectedByHand(seat.channel);
        const showsLink = rendering.link !== null && (rendering.link.when === "known" || link);
        return {
          channel: rendering.channel,
          seat,
          rendering,
          action: isOut
            ? ("out" as const)
            : isUnderWay
              ? ("go-on" as const)
              : isPasted
                ? ("paste" as const)
                : ("send" as const),
          ...(existing && { existing }),
          ...(corrects && { corrects }),
          showsLink,
          cost:
            existing?.state === "unclear" && !isOut
              ? lookCostOf(seat.channel)
              : isOut || isUnderWay || isPasted
                ? 0
                : costOf(rendering, showsLink, corrects),
          unfit: rendering.warnings.filter(
            ({ code }) => blockingWarnings.includes(code) || (code === "domain" && !link),
          ),
          kept: kept.filter(
            ({ channel, account }) =>
              channel === seat.channel && (account === seat.account || account === ""),
          ),
        };
      }),
  );
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
