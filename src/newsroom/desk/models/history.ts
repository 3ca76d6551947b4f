import type { ViewContext } from "../types.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

/** Steps and revisions in one list, oldest first. A step that sent a revision is one entry with it. */
export function historyOf(context: ViewContext, { history, revisions, submission }: LoadedSubmission) {
  const messages = context.messages.desk;
  const page = `/submissions/${submission.id}`;
  const revisionsLeft = new Map(
    revisions.map((revision) => [`${revision.at} ${revision.author.id}`, revision]),
  );
  const revisionLink = (number: number) => ({
    href: number === submission.revision ? page : `${page}?revision=${number}`,
    link: messages.revisionNumber({ n: number }),
  });
  const steps = history.map((transition) => {
    const revision = revisionsLeft.get(`${transition.at} ${transition.by.id}`);
    if (revision) revisionsLeft.delete(`${transition.at} ${transition.by.id}`);
    return {
      kind: "step",
      author: transition.by.name,
      event: transition.assignee
        ? messages.submission.handedTo({ who: transition.assignee.name })
        : (messages.stepDone[transition.step] ?? transition.step),
      reason: transition.reason ?? revision?.message ?? null,
      iso: transition.at,
      when: formatTime(context, transition.at),
      ...(revision ? revisionLink(revision.number) : { href: null, link: "" }),
    };
  });
  const versions = [...revisionsLeft.values()].map((revision) => ({
    kind: "revision",
    author: revision.author.name,
    event: messages.submission.revised,
    reason: revision.message,
    iso: revision.at,
    when: formatTime(context, revision.at),
    ...revisionLink(revision.number),
  }));
  return [...steps, ...versions].sort((a, b) => (a.iso < b.iso ? -1 : a.iso > b.iso ? 1 : 0));
}
