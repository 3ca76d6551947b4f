import { historyEntries } from "../../../contract/history.js";
import type { ViewContext } from "../types.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

/** Steps and revisions in one list, oldest first. */
export function historyOf(context: ViewContext, { history, revisions, submission }: LoadedSubmission) {
  const messages = context.messages.desk;
  const page = `/submissions/${submission.id}`;
  const revisionLink = (number: number) => ({
    href: number === submission.revision ? page : `${page}?revision=${number}`,
    link: messages.revisionNumber({ n: number }),
  });
  return historyEntries(history, revisions).map(({ at, transition, revision }) => ({
    ...(transition
      ? {
          kind: "step",
          author: transition.by.name,
          event: transition.assignee
            ? messages.submission.handedTo({ who: transition.assignee.name })
            : (messages.stepDone[transition.step] ?? transition.step),
          reason: transition.reason ?? revision?.message ?? null,
        }
      : {
          kind: "revision",
          author: revision.author.name,
          event: messages.submission.revised,
          reason: revision.message,
        }),
    iso: at,
    when: formatTime(context, at),
    ...(revision ? revisionLink(revision.number) : { href: null, link: "" }),
  }));
}
