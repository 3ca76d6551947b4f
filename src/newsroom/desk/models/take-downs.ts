import { channelLabel } from "../../../channels/registry.js";
import type { Publication, Submission } from "../../../contract/contract.js";
import { isCorrectedByHand, uncorrectedOf } from "../../../contract/corrections.js";
import type { ViewContext } from "../types.js";
import { formatTime } from "./format.js";

/** Lines about a publication that shall be taken down: who asked, and why it is not gone yet. */
export function takeDownLines(
  context: ViewContext,
  { take_down, state, remote_id }: Publication,
): { text: string; links: string[] }[] {
  if (!take_down) return [];
  const messages = context.messages.desk.takeDowns;
  const kind = state !== "published" ? "undecided" : remote_id === null ? "by_hand" : "sent";
  const asked = messages.asked[kind]({
    who: take_down.by.name,
    when: formatTime(context, take_down.requested_at),
  });
  const { problem } = take_down;
  if (!problem) return [{ text: asked, links: [] }];
  const text = messages.problem({
    why: messages.problems[problem.code] ?? problem.code,
    when: formatTime(context, problem.at),
  });
  return [
    { text: asked, links: [] },
    { text, links: (problem.reason ?? "").split(" ").filter((link) => /^https?:\/\//i.test(link)) },
  ];
}

/**
 * What still shows the revision before, where only a person can correct it, with the form that records that somebody has.
 *
 * @param acts whether the reader may do so
 */
export function uncorrectedModel(context: ViewContext, submission: Submission, acts: boolean): object[] {
  const messages = context.messages.desk.takeDowns.uncorrected;
  return uncorrectedOf(submission).map(({ id, channel, account, url }) => ({
    id,
    channel: [channelLabel(channel), account].filter(Boolean).join(" · "),
    name: messages.name,
    why: messages[isCorrectedByHand(channel) ? "at" : "byHand"]({ channel: channelLabel(channel) }),
    card: `#copy-${channel}`,
    record: acts ? { action: `/submissions/${submission.id}/publications`, channel, url: url ?? "" } : null,
  }));
}
