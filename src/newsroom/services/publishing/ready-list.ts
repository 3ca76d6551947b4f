import { approvalChannels } from "../../../channels/registry.js";
import type { Publication, Rendering, SubmissionSummary } from "../../../contract/contract.js";
import { cancelledReason } from "../../../contract/failure-codes.js";
import type { Store } from "../../store/database/open.js";
import { type ApprovedPlan, approvedPlans } from "../../store/submissions/approved-plans.js";
import { attemptsOfSubmission } from "../../store/submissions/attempts.js";
import { type OnChannel, onChannels } from "../../store/submissions/on-channels.js";
import { searchQueue } from "../../store/submissions/queue.js";
import { type Caller, territoryOf } from "../caller.js";
import { latest } from "./release.js";
import { asSettled } from "./settle.js";

/** An approved submission, and what has become of it on each of its channels. */
export interface ReadyRow {
  submission: SubmissionSummary;
  /** The earliest time of publication; in the past when there is none. */
  release: Date;
  /** `stopped`: it shall be taken down, so nobody brings it there; it was not out yet. */
  channels: {
    channel: Rendering["channel"];
    state: Publication["state"] | null;
    stopped: boolean;
  }[];
}

/** What of the approved submissions is asked for. */
export interface ReadyFilter {
  /** Of those who see every kecamatan; others get their own, whatever is asked. "" for all. */
  kecamatan: string;
  /** Part of the title; "" for every title. */
  q: string;
  /** Name from the registry; "" for all. */
  channel: string;
  state: OnChannel;
  /** The last submission of the page before. */
  after: string | undefined;
}

interface ReadyPage {
  rows: ReadyRow[];
  /** From where the next page goes on; undefined on the last one. */
  next: string | undefined;
  /** Whether the search stopped before it had read every submission. */
  isCut: boolean;
}

/** Lists approved submissions, newest first. */
export async function listReady(
  store: Store,
  caller: Caller,
  { kecamatan, q, channel, state, after }: ReadyFilter,
  limit: number,
  now: Date,
): Promise<ReadyPage> {
  const filter = {
    states: ["approved"],
    kecamatan: territoryOf(caller) ?? kecamatan,
    oldestFirst: false,
  } as const;
  const also =
    state === "approved" && channel === ""
      ? undefined
      : onChannels(channel === "" ? approvalChannels : [channel], state);
  const { rows, searchedTo } = await searchQueue(store, filter, q, after, limit + 1, also);
  const shown = rows.slice(0, limit);
  const plans = await approvedPlans(
    store,
    shown.map(({ id }) => id),
  );
  const listed: ReadyRow[] = [];
  for (const submission of shown) {
    const plan = plans.get(submission.id);
    if (plan) listed.push(rowOf(submission, await withoutAbandoned(store, submission.id, plan, now)));
  }
  return {
    rows: listed,
    next: rows.length > limit ? shown.at(-1)?.id : searchedTo,
    isCut: searchedTo !== undefined,
  };
}

/** What a machine has left behind is shown as what it is. */
async function withoutAbandoned(
  store: Store,
  id: string,
  plan: ApprovedPlan,
  now: Date,
): Promise<ApprovedPlan> {
  if (plan.publications.every(({ state }) => state !== "publishing")) return plan;
  const { publications } = asSettled(plan.publications, await attemptsOfSubmission(store, id), now);
  return { ...plan, publications };
}

function rowOf(
  submission: SubmissionSummary,
  { channels, not_before, isStopped, publications }: ApprovedPlan,
): ReadyRow {
  return {
    submission,
    // While it is approved, the newest revision is the one that was approved.
    release: latest([submission.embargo, not_before]),
    channels: channels.map((channel) => {
      // What an editor has cancelled is as open as what nobody has planned.
      const state = leadingState(
        publications.filter(
          (publication) => publication.channel === channel && publication.reason !== cancelledReason,
        ),
      );
      return { channel, state, stopped: isStopped && (state === null || state === "failed") };
    }),
  };
}

/** Of several publications on one channel the one that counts is the one that is nearest to readers. */
const nearest: readonly Publication["state"][] = [
  "published",
  "publishing",
  "unclear",
  "handed_over",
  "scheduled",
  "planned",
  "failed",
  "unpublished",
];

/** The state that counts of publications on one channel; null where there is none. */
export function leadingState(of: readonly { state: Publication["state"] }[]): Publication["state"] | null {
  return nearest.find((state) => of.some((publication) => publication.state === state)) ?? null;
}
