import path from "node:path";
import type { Context } from "../../context.js";
import type { Redaction } from "../../contract/contract.js";
import { KominfoError } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { readPublicationJournal, subjectOf } from "../../publish/journal.js";
import { removeAbandonedPhotos } from "../../publish/photos.js";
import { type RedactedParts, type Scrubbed, scrubPublication } from "../../publish/scrub.js";
import { cleanLine } from "../../text/clean.js";
import { absent, isOpen, journals } from "./out/pending.js";
import { journalFolder } from "./place.js";

/** A publication whose journal has lost what was redacted. */
export interface ScrubbedPublication extends Scrubbed {
  submission: string;
  publication: string;
}

/**
 * Removes from this machine's journals what this newsroom has redacted since, and warns of photos that were stored at a website for
 * posts that never came. Photos that a killed run has left go too. A journal that is in use keeps it until the next time.
 */
export async function scrubRedacted(
  context: Context,
  newsroom: NewsroomClient,
): Promise<ScrubbedPublication[]> {
  await removeAbandonedPhotos();
  const folder = journalFolder(context);
  const read = new Map<string, Promise<Redaction[] | undefined>>();
  const scrubbed: ScrubbedPublication[] = [];
  for (const name of await journals(context)) {
    const journal = await readPublicationJournal(path.join(folder, name));
    const last = subjectOf(journal);
    if (last?.origin !== newsroom.origin) continue;
    const { submission } = last;
    const reading = read.get(submission) ?? newsroom.redactions(submission).catch(unknown);
    read.set(submission, reading);
    const redactions = await reading;
    if (!redactions || redactions.length === 0) continue;
    const publication = path.basename(name, ".jsonl");
    const removed = await scrubOne(newsroom, folder, { submission, publication }, redactions);
    if (!removed) continue;
    scrubbed.push({ submission, publication, ...removed });
    for (const url of removed.left) {
      context.output.warn(context.messages.publish.leftAtSite({ url: cleanLine(url) }));
    }
  }
  return scrubbed;
}

/** A submission that is not there for this person; or an older newsroom, which tells publishers nothing of redactions. */
function unknown(error: unknown): undefined {
  if (error instanceof KominfoError && error.code === "not-allowed") return undefined;
  return absent(error);
}

async function scrubOne(
  newsroom: NewsroomClient,
  folder: string,
  { submission, publication }: { submission: string; publication: string },
  redactions: readonly Redaction[],
): Promise<Scrubbed | undefined> {
  const row = (await newsroom.submission(submission)).publications.find(({ id }) => id === publication);
  const redacted: RedactedParts = {
    revision: redactions.some(({ revision }) => revision !== null && revision === row?.revision),
    photos: new Set(redactions.flatMap(({ sha256 }) => sha256 ?? [])),
  };
  try {
    return await scrubPublication(folder, publication, redacted, row !== undefined && isOpen(row));
  } catch (error) {
    if (error instanceof KominfoError && error.code === "lock-held") return undefined;
    throw error;
  }
}
