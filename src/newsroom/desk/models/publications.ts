import { channelLabel, channelNames, isRecordable } from "../../../channels/registry.js";
import type { Publication } from "../../../contract/contract.js";
import type { ViewContext } from "../types.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";
import { type LoadedPublishing, planModel, type TypedPlan } from "./plan.js";
import { progressOf } from "./progress.js";
import { takeDownLines, uncorrectedModel } from "./take-downs.js";

/** The input of a refused form about publications. */
export interface TypedPublication {
  /** The publication to take down or to decide about; null if the form records a new one. */
  id: string | null;
  /** What was decided about it; "" if it is to be taken down. */
  decision: string;
  channel: string;
  url: string;
  published_at: string;
  reason: string;
}

/**
 * The list of publications, and the forms that record one and mark one as taken down.
 *
 * @param acts whether the reader may do so
 * @param plans whether the reader may plan publications, and what a refused plan said
 */
export function publicationsModel(
  context: ViewContext,
  loaded: LoadedSubmission,
  acts: boolean,
  typed: TypedPublication | null,
  publishing: LoadedPublishing,
  { plans, typedPlan, openPlan }: { plans: boolean; typedPlan: TypedPlan | null; openPlan: boolean },
): object | null {
  const { submission } = loaded;
  const { publications } = submission;
  const messages = context.messages.desk;
  const { approval } = submission;
  if (submission.state !== "approved" && publications.length === 0) return null;
  const page = `/submissions/${submission.id}`;
  const recording = typed?.id === null ? typed : null;
  const typedFor = (id: string, isDecision: boolean) =>
    typed?.id === id && (typed.decision !== "") === isDecision ? typed : null;
  return {
    none: submission.state === "approved" ? messages.publication.none : messages.publication.notYet,
    plan: plans ? planModel(context, loaded, publishing, typedPlan, openPlan) : null,
    list: publications.map((publication) => ({
      id: publication.id,
      channel: [channelLabel(publication.channel), labelOf(publishing, publication)]
        .filter(Boolean)
        .join(" · "),
      state: publishing.stopped.has(publication.id) ? "stopped" : publication.state,
      state_name: messages.publication.states[publication.state],
      progress: progressOf(context, loaded, publishing, publication, plans),
      correction: publication.correction,
      when: timeOf(context, publication),
      url: publication.url,
      is_link: /^https?:\/\//i.test(publication.url ?? ""),
      reason: publication.reason,
      take_down:
        acts && publication.state === "published" ? `${page}/publications/${publication.id}/unpublish` : null,
      open: typedFor(publication.id, false) !== null,
      typed: typedFor(publication.id, false)?.reason ?? "",
      take_down_lines: takeDownLines(context, publication),
      held: publication.held
        ? messages.publication.held({
            who: publication.held.by.name,
            until: formatTime(context, publication.held.until),
          })
        : null,
      decide: acts ? decisionModel(context, page, publication, typedFor(publication.id, true)) : null,
    })),
    uncorrected: uncorrectedModel(context, submission, acts),
    record:
      acts && approval
        ? {
            action: `${page}/publications`,
            open: recording !== null,
            typed: recording ?? { url: "", published_at: "" },
            channels: channelNames
              .filter((channel) => isRecordable(channel, approval.channels))
              .map((value) => ({
                value,
                label: channelLabel(value),
                selected: value === recording?.channel,
              })),
          }
        : null,
  };
}

/** The account as readers see it; its id where no machine has announced it. */
function labelOf({ outlets }: LoadedPublishing, { channel, account }: Publication): string {
  const outlet = outlets.find((other) => other.channel === channel && other.account === account);
  return outlet?.label ?? account;
}

/** What an editor may decide, after they have looked. */
export const decisions = ["published", "failed"] as const;

/** The form by which an editor says what has become of a publication that nobody knows about; null for others. */
function decisionModel(
  context: ViewContext,
  page: string,
  { id, state }: Publication,
  typed: TypedPublication | null,
): object | null {
  if (state !== "unclear" && state !== "handed_over") return null;
  const messages = context.messages.desk.publication;
  return {
    action: `${page}/publications/${id}/decide`,
    open: typed !== null,
    typed: typed ?? { url: "", reason: "" },
    choices: decisions.map((value) => ({
      value,
      label: messages.decisions[value],
      selected: value === typed?.decision,
    })),
  };
}

function timeOf(context: ViewContext, publication: Publication): string {
  const instant = publication.unpublished_at ?? publication.published_at ?? publication.scheduled_for;
  return instant ? formatTime(context, instant) : "";
}
