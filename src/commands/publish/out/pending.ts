import { readdir } from "node:fs/promises";
import path from "node:path";
import { removalCostOf } from "../../../channels/cost.js";
import type { Context } from "../../../context.js";
import type { ListedPublication, Publication, Submission } from "../../../contract/contract.js";
import { exit, isRefusal } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { type Agreement, readPublicationJournal, subjectOf } from "../../../publish/journal.js";
import { journalFolder } from "../place.js";

/** A publication and its submission. */
export interface Pending {
  submission: Submission;
  publication: Publication;
  /** What a person has agreed to on this machine. */
  agreed?: Agreement;
  /** A person has stopped it on this machine, before it was sent. */
  isStopped?: true;
}

/** Whether this machine has journals of publications. */
export async function hasJournals(context: Context): Promise<boolean> {
  return (await journals(context)).length > 0;
}

/** What a run of this machine left undone: its journals name it. Empty without an interrupted publication. */
export async function findInterrupted(context: Context, newsroom: NewsroomClient): Promise<Pending[]> {
  const folder = journalFolder(context);
  const pending: Pending[] = [];
  const submissions = new Map<string, Promise<Submission | undefined>>();
  for (const name of await journals(context)) {
    const journal = await readPublicationJournal(path.join(folder, name));
    const last = subjectOf(journal);
    if (last?.origin !== newsroom.origin) continue;
    const { submission: id } = last;
    const reading = submissions.get(id) ?? newsroom.submission(id).catch(absent);
    submissions.set(id, reading);
    const submission = await reading;
    const publication = submission?.publications.find((row) => `${row.id}.jsonl` === name);
    const { attempt, agreed, isStopped } = journal;
    if (!submission || !publication) continue;
    const isLeft =
      publication.state === "planned" ||
      (publication.state === "failed" && publication.reason === "interrupted");
    const isAgreed = agreed !== undefined && isLeft;
    // What a channel bills for taking down is left to what asks a person, but for what a person has agreed to here.
    const isBilled = publication.take_down && removalCostOf(publication.channel) > 0;
    if (isBilled && (attempt?.kind !== "take_down" || attempt.told)) continue;
    if (attempt?.told === false || isOpen(publication) || isAgreed) {
      pending.push({ submission, publication, ...(agreed && { agreed }), ...(isStopped && { isStopped }) });
    }
  }
  return pending;
}

/** A submission that is not there any more, or not for this person, leaves nothing to go on with. */
export function absent(error: unknown): undefined {
  if (!isRefusal(error, exit.failed)) throw error;
  return undefined;
}

/** Names of the journals' files. */
export async function journals(context: Context): Promise<string[]> {
  const names = await readdir(journalFolder(context)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".jsonl")).sort();
}

/** Whether another run may know more than the newsroom does. */
export function isOpen({ state, take_down }: Pick<Publication, "state" | "take_down">): boolean {
  if (state === "published") return take_down !== undefined && take_down !== null;
  return state === "publishing" || state === "unclear" || state === "handed_over";
}

/** What shall be taken down, and was not recorded by hand. A newsroom that is older knows no such requests. */
export async function wantedDown(newsroom: NewsroomClient): Promise<ListedPublication[]> {
  const { features } = await newsroom.service();
  if (!features.includes("take_down")) return [];
  const wanted = await newsroom.publications({ take_down: "true" });
  return wanted.filter(({ remote_id }) => remote_id !== null);
}

/**
 * What shall be taken down as soon as somebody knows that it is out: any machine with the account may look. A newsroom that is older knows
 * no such requests.
 */
export async function undecidedDown(newsroom: NewsroomClient): Promise<ListedPublication[]> {
  const { features } = await newsroom.service();
  if (!features.includes("take_down")) return [];
  const states = ["publishing", "unclear", "handed_over"] as const;
  const listed = await Promise.all(states.map((state) => newsroom.publications({ state })));
  return listed.flat().filter(({ take_down }) => take_down);
}

/** Reads each submission of these once. */
export async function withSubmissions(
  newsroom: NewsroomClient,
  listed: readonly ListedPublication[],
): Promise<Pending[]> {
  const submissions = new Map<string, Submission>();
  const pending: Pending[] = [];
  for (const publication of listed) {
    const { id } = publication.submission;
    const submission = submissions.get(id) ?? (await newsroom.submission(id));
    submissions.set(id, submission);
    pending.push({ submission, publication });
  }
  return pending;
}
