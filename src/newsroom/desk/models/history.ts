import type { ViewContext } from "../types.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

/** Steps and revisions in one line of time, oldest first; a step that sent a revision is one entry with it. */
export function historyOf(context: ViewContext, { history, revisions, submission }: LoadedSubmission) {
  const messages = context.messages.desk;
  const page = `/submissions/${submission.id}`;
  const sent = new Map(revisions.map((revision) => [`${revision.at} ${revision.author.id}`, revision]));
  const revisionLink = (number: number) => ({
    href: number === submission.revision ? page : `${page}?revision=${number}`,
    link: messages.revisionNumber({ n: number }),
  });
  const steps = history.map((step) => {
    const revision = sent.get(`${step.at} ${step.by.id}`);
    if (revision) sent.delete(`${step.at} ${step.by.id}`);
    return {
      kind: "step",
      who: step.by.name,
      what: step.assignee
        ? messages.submission.handedTo({ who: step.assignee.name })
        : (messages.stepDone[step.step] ?? step.step),
      reason: step.reason ?? revision?.message ?? null,
      iso: step.at,
      when: formatTime(context, step.at),
      ...(revision ? revisionLink(revision.number) : { href: null, link: "" }),
    };
  });
  const versions = [...sent.values()].map((revision) => ({
    kind: "revision",
    who: revision.author.name,
    what: messages.submission.revised,
    reason: revision.message,
    iso: revision.at,
    when: formatTime(context, revision.at),
    ...revisionLink(revision.number),
  }));
  return [...steps, ...versions].sort((a, b) => (a.iso < b.iso ? -1 : a.iso > b.iso ? 1 : 0));
}
