import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import { type OutPublication, remedyOf, submissionUrl } from "../../contract/contract.js";
import { outStates } from "../../contract/lifecycle.js";
import { exit, KominfoError } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import type { Style } from "../../terminal/style.js";
import { cleanLine } from "../../text/clean.js";
import { findSubmissionOf } from "../post/reference.js";

interface Named {
  sha256: string;
  /** As its post calls it; null for one that was named by its hash. */
  filename: string | null;
}

interface Found extends Named {
  publications: OutPublication[];
}

/**
 * Shows where photos are still out, in every submission with them: somebody on them has withdrawn their consent. Throws
 * `photo-unknown-there` (exit 1) for a hash that the newsroom does not know, `newsroom-outdated` (exit 1), and as `findSubmissionOf`.
 */
export async function run(context: Context, input: { "post|sha256": string }): Promise<void> {
  const wanted = input["post|sha256"];
  const newsroom = await context.newsroom();
  const isHash = /^[0-9a-f]{64}$/i.test(wanted);
  const named = isHash
    ? [{ sha256: wanted.toLowerCase(), filename: null }]
    : await photosOf(newsroom, await findSubmissionOf(context, newsroom, wanted));
  const found: Found[] = [];
  for (const photo of named) {
    const publications = await newsroom.photoPublications(photo.sha256).catch((error: unknown) => {
      // A post may name a photo that is gone.
      if (!isHash && error instanceof KominfoError && error.code === "photo-unknown-there") return [];
      throw error;
    });
    found.push({ ...photo, publications });
  }
  const json = found.map(({ publications, ...photo }) => ({
    ...photo,
    publications: publications.map((publication) => publicationJson(newsroom, publication)),
  }));
  context.output.result({ photos: json }, (style) =>
    found.map((photo, index) => photoText(context, style, photo, index + 1)).join("\n\n"),
  );
}

/** The photos of the newest revision, and of those that are still out. */
async function photosOf(newsroom: NewsroomClient, id: string): Promise<Named[]> {
  const { content, revision, publications } = await newsroom.submission(id);
  const others = new Set(
    publications.filter(({ state }) => outStates.includes(state)).map((publication) => publication.revision),
  );
  others.delete(revision);
  const photos = [...content.photos];
  for (const number of others) {
    const older = await newsroom.revision(id, number).catch((error: unknown) => {
      if (!(error instanceof KominfoError) || error.exit !== exit.failed) throw error;
      return { content: { photos: [] } };
    });
    photos.push(...older.content.photos);
  }
  return [...new Map(photos.map(({ sha256, filename }) => [sha256, { sha256, filename }])).values()];
}

function publicationJson({ origin }: NewsroomClient, publication: OutPublication) {
  const { id, channel, account, label, revision, state, url, remote_id, submission } = publication;
  return {
    ...{ id, channel, account, label, revision, state, url, remote_id },
    next: remedyOf(publication),
    submission: { ...submission, url: submissionUrl(origin, submission.id) },
  };
}

function photoText(
  { messages }: Context,
  style: Style,
  { sha256, filename, publications }: Found,
  number: number,
): string {
  const { stillOut, desk } = messages;
  const name = filename === null ? sha256 : cleanLine(filename);
  const lines = publications.map((publication) => {
    const { submission, channel, label, account, state, url } = publication;
    const command = `kominfo post unpublish ${submission.id} --from ${channel} --reason data-pribadi`;
    const where = [channelLabel(channel), cleanLine(label ?? account)].filter(Boolean).join(" · ");
    const what = `${where}: ${desk.publication.states[state]}${url === null ? "" : ` ${cleanLine(url)}`}`;
    return [
      `  ${style.strong(cleanLine(submission.title))}`,
      `    ${what}`,
      `    ${style.faint(stillOut.next[remedyOf(publication)]({ command }))}`,
    ].join("\n");
  });
  return [stillOut.photo({ number, name }), ...(lines.length > 0 ? lines : [`  ${stillOut.none}`])].join(
    "\n",
  );
}
