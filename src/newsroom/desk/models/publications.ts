import { channelLabel, channelNames, isApprovalChannel } from "../../../channels/registry.js";
import type { Publication } from "../../../contract/contract.js";
import type { ViewContext } from "../types.js";
import { when } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

/** What was typed in a form about publications that could not be taken. */
export interface TypedPublication {
  /** Of the one that was to be taken down; null when one was to be recorded. */
  id: string | null;
  channel: string;
  url: string;
  published_at: string;
  reason: string;
}

/** Where it went, and the forms to record another and to mark one as taken down. */
export function publicationsModel(
  telling: ViewContext,
  known: LoadedSubmission,
  typed: TypedPublication | null,
): object | null {
  const { submission } = known;
  const { publications } = submission;
  const words = telling.messages.desk;
  const { approval } = submission;
  if (submission.state !== "approved" && publications.length === 0) return null;
  const page = `/submissions/${submission.id}`;
  const recording = typed?.id === null ? typed : null;
  return {
    none: submission.state === "approved" ? words.publication.none : words.publication.notYet,
    list: publications.map((one) => ({
      id: one.id,
      channel: [channelLabel(one.channel), one.account].filter(Boolean).join(" · "),
      state: one.state,
      state_name: words.publication.states[one.state],
      correction: one.correction,
      when: whenOf(telling, one),
      url: one.url,
      is_link: /^https?:\/\//i.test(one.url ?? ""),
      reason: one.reason,
      take_down: one.state === "published" ? `${page}/publications/${one.id}/unpublish` : null,
      open: typed?.id === one.id,
      typed: typed?.id === one.id ? typed.reason : "",
    })),
    record: approval
      ? {
          action: `${page}/publications`,
          open: recording !== null,
          typed: recording ?? { url: "", published_at: "" },
          channels: channelNames
            .filter((channel) => !isApprovalChannel(channel) || approval.channels.includes(channel))
            .map((value) => ({
              value,
              label: channelLabel(value),
              selected: value === recording?.channel,
            })),
        }
      : null,
  };
}

function whenOf(telling: ViewContext, one: Publication): string {
  const instant = one.unpublished_at ?? one.published_at ?? one.scheduled_for;
  return instant ? when(telling, instant) : "";
}
