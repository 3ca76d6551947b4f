import type { Content } from "../../../contract/contract.js";
import { changedParts, type Difference } from "../models/compare.js";
import type { Desk, ViewContext } from "../types.js";

/** Compares two revisions part by part. Throws `too-many-requests` while too many comparisons wait. */
export async function differencesOf(
  { texts }: Pick<Desk, "texts">,
  context: ViewContext,
  before: Content,
  after: Content,
): Promise<Difference[]> {
  const parts = changedParts(before, after, context);
  if (parts.length === 0) return [];
  const comparisons = await texts.compare(parts.map((part) => ({ before: part.before, after: part.after })));
  return parts.map(({ name }, index) => {
    const { pieces, byWord } = comparisons[index]!;
    return { name, pieces, note: byWord ? null : context.messages.desk.compare.byParagraph };
  });
}
