import { readdir } from "node:fs/promises";
import path from "node:path";
import type { AccountChannel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import type { Publication, Submission } from "../../contract/contract.js";
import { exit, KominfoError } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { createNewsroomClock } from "../../publish/clock.js";
import { readPublicationJournal } from "../../publish/journal.js";
import { openPublicationPhotos } from "../../publish/photos.js";
import { type OpenSeat, openSeats } from "./accounts.js";
import { articleOf, bringForward, journalFolder, localClocks, type Machine } from "./machine.js";
import type { PublishResult } from "./types.js";

/** A publication and its submission. */
export interface Pending {
  submission: Submission;
  publication: Publication;
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
    const { attempt, asked } = await readPublicationJournal(path.join(folder, name));
    const last = asked ?? attempt;
    if (last?.origin !== newsroom.origin) continue;
    const { submission: id } = last;
    const reading = submissions.get(id) ?? newsroom.submission(id).catch(absent);
    submissions.set(id, reading);
    const submission = await reading;
    const publication = submission?.publications.find((row) => `${row.id}.jsonl` === name);
    if (submission && publication && (attempt?.told === false || isOpen(publication)))
      pending.push({ submission, publication });
  }
  return pending;
}

/** A submission that is not there any more, or not for this person, leaves nothing to go on with. */
export function absent(error: unknown): undefined {
  if (!(error instanceof KominfoError) || error.exit !== exit.failed) throw error;
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

/** Brings publications forward whose account this machine has; the others are left out. */
export async function bringAllForward(
  context: Context,
  newsroom: NewsroomClient,
  pending: readonly Pending[],
): Promise<PublishResult[]> {
  if (pending.length === 0) return [];
  const clock = createNewsroomClock(localClocks(context));
  clock.set((await newsroom.service()).time);
  const channels = [...new Set(pending.map(({ publication }) => publication.channel as AccountChannel))];
  // Instagram's pictures lie on the website.
  if (channels.includes("instagram") && !channels.includes("web")) channels.unshift("web");
  const { seats, refused } = await openEverySeat(context, clock, channels);
  const photos = await openPublicationPhotos({
    download: (sha256) => newsroom.photo(sha256),
    images: context.images,
    signal: context.host.signal,
  });
  const machine: Machine = { context, newsroom, clock, seats, photos };
  const articles = new Map<string, string>();
  const results: PublishResult[] = [];
  try {
    for (const { submission, publication } of webFirst(pending)) {
      const { id, title } = submission;
      const { account, channel } = publication;
      const seat = seats.find((own) => own.channel === channel && own.account === account);
      const problem = refused.get(channel);
      if (!seat && !problem) continue;
      const link = articles.get(id) ?? articleOf(submission);
      const known = {
        channel: channel as AccountChannel,
        seat: seat ?? { account, label: account },
        submission: { id, title },
        publication,
      };
      if (!seat) results.push({ ...known, error: problem! });
      else if (mustWait(submission, publication, link)) results.push({ ...known, state: "waiting" });
      else {
        const result = await forwardOne(machine, seat, { submission, publication, link });
        if (channel === "web" && result.sent?.outcome.state === "published" && result.sent.outcome.url) {
          articles.set(id, result.sent.outcome.url);
        }
        results.push({ ...known, ...result });
      }
    }
  } finally {
    await photos.remove();
  }
  return results;
}

async function forwardOne(
  machine: Machine,
  seat: OpenSeat,
  request: Pending & { link: string | null },
): Promise<Pick<PublishResult, "sent" | "error">> {
  try {
    return { sent: await bringForward(machine, seat, request) };
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return { error };
  }
}

/** Other channels show the article's address or its pictures. */
function webFirst(pending: readonly Pending[]): Pending[] {
  const isWeb = ({ publication }: Pending) => publication.channel === "web";
  return [...pending.filter(isWeb), ...pending.filter((other) => !isWeb(other))];
}

/** Whether a post on Facebook is still to be sent, and the article whose address it shows is not out. */
function mustWait({ approval }: Submission, { channel, state }: Publication, link: string | null): boolean {
  const isUnsent = state === "planned" || state === "scheduled" || state === "failed";
  return channel === "facebook" && isUnsent && link === null && approval?.channels.includes("web") === true;
}

/** The accounts of this machine on these channels, and why others do not open. */
async function openEverySeat(
  context: Context,
  clock: ReturnType<typeof createNewsroomClock>,
  channels: readonly AccountChannel[],
): Promise<{ seats: OpenSeat[]; refused: Map<string, KominfoError> }> {
  const refused = new Map<string, KominfoError>();
  const listed = await (await context.credentials()).list({ ask: false });
  const seats: OpenSeat[] = [];
  for (const { service, account } of listed) {
    if (service === "newsroom" || !channels.includes(service)) continue;
    try {
      seats.push(
        ...(await openSeats(context, clock, { channels: [service], names: new Map([[service, account]]) })),
      );
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      refused.set(service, error);
    }
  }
  return { seats, refused };
}
