import type { RevisionSummary, Transition } from "./contract.js";

/** A step, with the revision that came with it; or a revision that came without one. */
export type HistoryEntry =
  | { at: string; transition: Transition; revision: RevisionSummary | undefined }
  | { at: string; transition: undefined; revision: RevisionSummary };

/** Steps and revisions of a submission in one list, oldest first. A step that sent a revision is one entry with it. */
export function historyEntries(
  transitions: readonly Transition[],
  revisions: readonly RevisionSummary[],
): HistoryEntry[] {
  const keyOf = (at: string, by: { id: string }, number: number) => `${at} ${by.id} ${number}`;
  const left = new Map(
    revisions.map((revision) => [keyOf(revision.at, revision.author, revision.number), revision]),
  );
  const steps = transitions.map((transition): HistoryEntry => {
    const key = keyOf(transition.at, transition.by, transition.revision);
    const revision = left.get(key);
    left.delete(key);
    return { at: transition.at, transition, revision };
  });
  const alone = [...left.values()].map(
    (revision): HistoryEntry => ({ at: revision.at, transition: undefined, revision }),
  );
  return [...steps, ...alone].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
