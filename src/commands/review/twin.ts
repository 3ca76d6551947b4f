import type { Submission, SubmissionSummary } from "../../contract/contract.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";

/** How far apart two reports of one event come in, in ms. */
const nearMs = 3 * 24 * 60 * 60 * 1000;

/**
 * Finds the id of another submission that looks like a report of the same event: of the same kecamatan and kind, received within three days,
 * with most words of the title in common. Looks at the kecamatan's newest only.
 */
export async function findTwin(client: NewsroomClient, submission: Submission): Promise<string | undefined> {
  const { items } = await client.submissions({ kecamatan: submission.kecamatan });
  return items.find((item) => isTwin(item, submission))?.id;
}

function isTwin(item: SubmissionSummary, { id, kind, title, received_at }: Submission): boolean {
  const isOpen = item.state !== "rejected" && item.state !== "withdrawn" && item.state !== "merged";
  const apart = Math.abs(Date.parse(item.received_at) - Date.parse(received_at));
  return item.id !== id && isOpen && item.kind === kind && apart <= nearMs && isAlike(item.title, title);
}

function isAlike(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common > 0 && common * 2 > Math.max(a.size, b.size);
}

function wordsOf(title: string): Set<string> {
  return new Set(title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}
