import { costOf } from "../../../channels/cost.js";
import type { Outlet, Publication, Rendering } from "../../../contract/contract.js";
import { quotingChannels } from "../../../contract/corrections.js";
import { isUnfit } from "../../services/publishing/plan.js";
import type { StoredAttempt } from "../../store/submissions/attempts.js";
import type { ViewContext } from "../types.js";
import { accountKey, accountName, loginCommand } from "./accounts.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

/** What the page needs to know of accounts and of what machines have done. */
export interface LoadedPublishing {
  /** Ids of publications that were stopped before they came out. */
  stopped: ReadonlySet<string>;
  /** Of the submission's kecamatan, and of the kabupaten. */
  outlets: readonly Outlet[];
  attempts: ReadonlyMap<string, readonly StoredAttempt[]>;
  /** As they were approved; empty before. */
  renderings: readonly Rendering[];
  /** The earliest time at which it may be out (ISO 8601), where that is to come. */
  earliest: string | null;
}

/** The input of a refused plan. */
export interface TypedPlan {
  /** Keys of accounts. */
  accounts: readonly string[];
  at: string;
}

/** A publication that is or may be out needs no plan. */
const live: readonly Publication["state"][] = ["publishing", "unclear", "handed_over", "published"];
const staleMs = 24 * 60 * 60 * 1000;

/**
 * The form that schedules what was approved: the accounts of the approval's destinations and channels, of which the only one of a
 * channel is chosen already. null where nothing is approved.
 */
export function planModel(
  context: ViewContext,
  { submission }: LoadedSubmission,
  publishing: LoadedPublishing,
  typed: TypedPlan | null,
  open: boolean,
): object | null {
  const { approval } = submission;
  if (submission.state !== "approved" || !approval) return null;
  const messages = context.messages.desk.plan;
  const fitting = publishing.outlets.filter(
    ({ channel, destination }) =>
      approval.channels.includes(channel) && approval.destinations.includes(destination),
  );
  const options = fitting.map((outlet) => {
    const option = accountOption(context, outlet);
    const current = submission.publications.filter(
      ({ channel, revision }) => channel === outlet.channel && revision === approval.revision,
    );
    // A link whose account nobody has named, or named by its id, may be on this one (`requireNoLink`).
    const isUnnamed = ({ account }: Publication) =>
      !publishing.outlets.some((known) => known.channel === outlet.channel && known.account === account);
    const row =
      current.find((other) => other.state === "published" && isUnnamed(other)) ??
      current.findLast(({ account }) => account === outlet.account);
    const rendering = publishing.renderings.find(({ channel }) => channel === outlet.channel);
    const states = context.messages.desk.publication.states;
    const not =
      row && live.includes(row.state)
        ? messages.not.live({ state: states[row.state] })
        : !outlet.publisher_seen_at
          ? messages.not["no-publisher"]
          : rendering && isUnfit(rendering)
            ? messages.not.unfit
            : null;
    const ofAccount = submission.publications.filter(({ account }) => account === outlet.account);
    const corrects = quotingChannels(ofAccount, approval.revision).includes(outlet.channel);
    const cost = rendering ? costOf(rendering, { link: false, corrects }) : 0;
    const notes = [
      ...(row?.state === "scheduled" && row.scheduled_for
        ? [`${states.scheduled}, ${formatTime(context, row.scheduled_for)}`]
        : []),
      ...(cost > 0 ? [messages.cost({ cost: (cost / 1000).toFixed(3) })] : []),
      ...option.notes,
    ];
    return { ...option, not, notes, channel: outlet.channel, isPlanned: row?.state === "scheduled" };
  });
  const isAlone = ({ channel }: { channel: string }) =>
    options.filter((other) => other.channel === channel).length === 1;
  return {
    action: `/submissions/${submission.id}/plan`,
    open: open || typed !== null,
    none: options.length === 0 ? messages.none : null,
    at: typed?.at ?? "",
    at_hint: publishing.earliest
      ? messages.nowAfter({ when: formatTime(context, publishing.earliest) })
      : messages.now,
    accounts: options.map((option, n) => ({
      ...option,
      id: `plan-${n}`,
      checked: typed
        ? typed.accounts.includes(option.value)
        : option.not === null && !option.isPlanned && isAlone(option),
    })),
  };
}

/** The same accounts before the approval, when neither destinations nor channels are chosen. None is chosen. */
export function approvalPlan(
  context: ViewContext,
  { outlets }: Pick<LoadedPublishing, "outlets">,
  typed: TypedPlan | null,
): object | null {
  const messages = context.messages.desk.plan;
  const watched = outlets.filter(({ publisher_seen_at }) => publisher_seen_at);
  if (watched.length === 0) return null;
  return {
    at: typed?.at ?? "",
    at_hint: messages.now,
    accounts: watched.map((outlet, n) => {
      const option = accountOption(context, outlet);
      return {
        ...option,
        ...{ id: `approve-plan-${n}`, not: null },
        checked: typed?.accounts.includes(option.value) ?? false,
      };
    }),
  };
}

function accountOption(context: ViewContext, outlet: Outlet) {
  const messages = context.messages.desk;
  const { destination, paused, publisher_seen_at } = outlet;
  const isStale =
    publisher_seen_at != null && context.now.getTime() - Date.parse(publisher_seen_at) > staleMs;
  return {
    value: accountKey(outlet),
    label: `${accountName(outlet)} (${messages.destinations[destination]})`,
    notes: [
      ...(paused ? [messages.plan.paused({ command: loginCommand(outlet.channel) })] : []),
      ...(isStale ? [messages.plan.seen({ when: formatTime(context, publisher_seen_at) })] : []),
    ],
  };
}
