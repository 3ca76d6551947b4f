import { channelLabel } from "../../../channels/registry.js";
import { lateMs, type Outlet, type Publication } from "../../../contract/contract.js";
import { cancelledReason, restoredReason, unapprovedReason } from "../../../contract/failure-codes.js";
import { explainReason } from "../../../language/explain-reason.js";
import { failureOf, type StoredAttempt } from "../../store/submissions/attempts.js";
import type { ViewContext } from "../types.js";
import { accountKey, loginCommand } from "./accounts.js";
import { explainFailure } from "./failure.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";
import type { LoadedPublishing } from "./plan.js";

/** How a publication goes on: what has happened, what keeps it, and what an editor may do. */
export interface Progress {
  /** Another word for its state; null: the state's own. */
  state_name: string | null;
  /** The reason that people read is among `lines`, and not shown as it is stored. */
  is_explained: boolean;
  lines: string[];
  remedies: string[];
  /** Sends it to the machine that has the account, at once. */
  retry: { action: string; account: string; label: string; hint: string } | null;
  cancel: { action: string; hint: string } | null;
}

/** @param acts whether the reader may plan */
export function progressOf(
  context: ViewContext,
  loaded: LoadedSubmission,
  { outlets, attempts, stopped }: LoadedPublishing,
  publication: Publication,
  acts: boolean,
): Progress {
  const messages = context.messages.desk;
  const { submission } = loaded;
  const { id, state, channel, account, scheduled_for, revision, reason } = publication;
  const outlet = outlets.find((other) => other.channel === channel && other.account === account);
  const isPlan = state === "planned" || state === "scheduled";
  const isCancelled = state === "failed" && reason === cancelledReason;
  const isStopped = stopped.has(id);
  const isLate =
    state === "scheduled" &&
    scheduled_for !== null &&
    context.now.getTime() - Date.parse(scheduled_for) > lateMs;
  const isCurrent = submission.state === "approved" && submission.approval?.revision === revision;
  const isMisplaced = account !== "" && isCurrent && !(outlet && fits(outlet, submission.approval));
  const failure = attemptedOf(context, publication, attempts.get(id) ?? []);
  const page = `/submissions/${submission.id}`;
  const mayRetry = acts && isCurrent && !isMisplaced && Boolean(outlet?.publisher_seen_at);
  return {
    state_name: isCancelled ? messages.plan.cancelled : isStopped ? messages.ready.stopped : null,
    is_explained: isCancelled || failure.isExplained,
    lines: [
      ...(isPlan ? planLines(context, publication, isLate) : []),
      ...(isCancelled ? [messages.plan.cancelledBy] : failure.lines),
      ...(isStopped ? [messages.plan.stopped] : []),
      ...undecidedLine(context, publication, acts),
      ...(isMisplaced && (isPlan || state === "failed") ? [messages.plan.otherOwner] : []),
    ],
    remedies: [
      ...(isCancelled ? [] : failure.remedies),
      ...(outlet?.paused &&
      (isPlan || state === "failed") &&
      !failure.remedies.some((remedy) => remedy.includes(loginCommand(channel)))
        ? [messages.plan.paused({ command: loginCommand(channel) })]
        : []),
    ],
    retry:
      mayRetry && (state === "failed" || isLate)
        ? {
            action: `${page}/plan`,
            account: accountKey(publication),
            label: isLate || isCancelled || isStopped ? messages.plan.anew : messages.plan.retry,
            hint: isStopped
              ? messages.plan.stoppedHint
              : isLate || isCancelled
                ? ""
                : messages.plan.retryHint,
          }
        : null,
    cancel:
      acts && isPlan ? { action: `${page}/publications/${id}/cancel`, hint: messages.plan.cancelHint } : null,
  };
}

/** What is to be done about what waits for somebody. @param acts whether the reader may decide */
function undecidedLine({ messages }: ViewContext, { state }: Publication, acts: boolean): string[] {
  if (state !== "unclear" && state !== "handed_over") return [];
  return [acts ? messages.desk.publication.decideHints[state] : messages.desk.publication.waits[state]];
}

type Approval = LoadedSubmission["submission"]["approval"];

function fits({ channel, destination }: Outlet, approval: Approval): boolean {
  return (approval?.destinations.includes(destination) && approval.channels.includes(channel)) ?? false;
}

function planLines(
  context: ViewContext,
  { state, scheduled_for, account, reason }: Publication,
  isLate: boolean,
) {
  const { plan } = context.messages.desk;
  if (isLate) return [plan.late];
  if (state === "planned") return account === "" ? [] : [plan.unscheduled];
  const isDue = scheduled_for !== null && Date.parse(scheduled_for) <= context.now.getTime();
  if (!isDue) return [plan.willSend];
  // An attempt has failed for a reason that may pass.
  const until = new Date(Date.parse(scheduled_for) + lateMs).toISOString();
  return [reason === null ? plan.due : plan.again({ until: formatTime(context, until) })];
}

/** What machines have done about it: who sends since when, or why the last attempt ended as it did. */
function attemptedOf(
  context: ViewContext,
  { state, channel, account, reason, held }: Publication,
  attempts: readonly StoredAttempt[],
): { isExplained: boolean; lines: string[]; remedies: string[] } {
  const { plan } = context.messages.desk;
  const newest = attempts.at(-1);
  if (newest && held) {
    const when = formatTime(context, newest.granted_at);
    return { isExplained: false, lines: [plan.since({ n: newest.number, when })], remedies: [] };
  }
  const isKept = state === "scheduled" && reason !== null;
  if (state !== "failed" && state !== "unclear" && !isKept) return nothing;
  if (reason === restoredReason || reason === unapprovedReason) {
    return { isExplained: true, lines: [context.messages.reasons.codes[reason]!], remedies: [] };
  }
  if (state === "unclear" && newest?.outcome === null && newest.intent_at !== null) {
    const lost = plan.lost({ who: newest.name, when: formatTime(context, newest.intent_at) });
    return { isExplained: false, lines: [lost], remedies: [plan.lostHint] };
  }
  // A lookup that found nothing new says less than the attempt that it looked for.
  const told = attempts.findLast(({ code, outcome }) => code !== null && outcome !== null);
  if (!told?.code) return nothing;
  const { reason: words, facts } = failureOf(told);
  // What a person has decided since is the reason, in their words.
  if (reason !== (words ?? told.code)) return nothing;
  const { message, hints } = explainFailure(context.messages, {
    ...{ code: told.code, facts, channel, account },
    state: state === "unclear" ? "unclear" : "failed",
  });
  const when = formatTime(context, told.ended_at ?? told.granted_at);
  const ofCode = explainReason(context.messages, reason, { channel, account, name: channelLabel(channel) });
  return {
    isExplained: true,
    lines: [
      plan.ended({ n: told.number, who: told.name, when }),
      message,
      // A channel's own words stand behind ours; a code of a connection is none, and has a sentence too.
      ...(reason === told.code ? [] : [ofCode ?? plan.words({ words: reason })]),
    ],
    // The office's machine does it again by itself.
    remedies: isKept ? [] : hints,
  };
}

const nothing = { isExplained: false, lines: [], remedies: [] };
