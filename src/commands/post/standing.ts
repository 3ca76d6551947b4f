import type { ChannelName } from "../../channels/registry.js";
import type { Submission, Transition } from "../../contract/contract.js";
import { missingChannels } from "../../contract/corrections.js";
import { cancelledReason } from "../../contract/failure-codes.js";
import {
  displayStateOf,
  endStates,
  isOut,
  type SenderRequest,
  type State,
} from "../../contract/lifecycle.js";
import { allowedAction } from "../../submission/plan.js";
import { isSeen } from "../../workspace/state.js";
import { isTakenDown } from "../newsroom/publication.js";

/** Where a post stands, as far as its sender's next step depends on it. */
export interface Standing {
  state: State | "draft";
  /** Something of it is out: a new revision is a correction. */
  out?: boolean | undefined;
  /** What was approved was out, and was taken down: it is neither corrected nor published again. */
  down?: boolean | undefined;
  /** The sender's request that no editor has answered yet. */
  asked?: SenderRequest | null | undefined;
}

/** Where the newsroom says that a submission stands. */
export function standingOf(submission: Submission): Standing {
  const { state, publications } = submission;
  return {
    ...{ state, out: publications.some(isOut), down: isTakenDown(submission) },
    asked: openRequest(submission),
  };
}

/** The sender's request that waits for an answer. What is down already answers that it be taken down. */
export function openRequest({ asked, publications }: Submission): SenderRequest | null {
  return asked === "unpublish" && !publications.some(isOut) ? null : asked;
}

/** Whether the newsroom is done with it: it is not sent again, and may go from this computer. Never what readers see. */
export function isOver({ state, out = false }: Standing): boolean {
  return state !== "draft" && endStates.includes(state) && !out;
}

/** `send`: at once; `correct`: in public; `in_review` and `approved`: what it waits for; `taken_down`: only as a new post. */
export type ChangeWay = "send" | "correct" | "in_review" | "approved" | "taken_down";

/** How a change to a post that was sent before comes to the newsroom; undefined where it has nowhere to go. */
export function changeWay({ state, out = false, down = false }: Standing): ChangeWay | undefined {
  if (state === "draft") return "send";
  if (allowedAction({ state, out }) !== "nothing") return out ? "correct" : "send";
  if (state === "approved" && down) return "taken_down";
  return state === "in_review" || state === "approved" ? state : undefined;
}

/** The correction of what is out, while it is not approved: readers see the old text, and the newsroom's state is another. */
export function correctionState({
  state,
  publications,
}: Pick<Submission, "state" | "publications">): State | undefined {
  const shown = displayStateOf(state, publications);
  return state !== "approved" && isSeen(shown) ? state : undefined;
}

/**
 * The approved channels on which the approved revision is still to come, while something of the submission is out: whoever reads that it is
 * published would forget them.
 */
export function pendingChannels(submission: Submission): ChannelName[] {
  const { state, shown, publications, approval } = submission;
  const isPartly = isSeen(shown);
  if (state !== "approved" || !isPartly || publications.some(({ take_down }) => take_down)) return [];
  // An editor has called it off there.
  const isCalledOff = (channel: ChannelName) =>
    publications.some(
      (row) =>
        row.channel === channel && row.revision === approval?.revision && row.reason === cancelledReason,
    );
  return missingChannels(submission).filter((channel) => !isCalledOff(channel));
}

/** What an editor has declined last, where nothing was done since. */
export function declinedRequest(history: readonly Transition[]): SenderRequest | undefined {
  if (history.at(-1)?.step !== "decline") return undefined;
  const asked = history.findLast(({ step }) => step === "ask_withdrawal" || step === "ask_unpublish");
  if (!asked) return undefined;
  return asked.step === "ask_unpublish" ? "unpublish" : "withdraw";
}
