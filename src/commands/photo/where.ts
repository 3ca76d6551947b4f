import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import { type OutPublication, remedyOf, submissionUrl } from "../../contract/contract.js";
import { outStates } from "../../contract/lifecycle.js";
import { exit, failed, isRefusal, KominfoError } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import type { Style } from "../../terminal/style.js";
import { cleanLine } from "../../text/clean.js";
import { findSubmissionOf } from "../post/reference.js";
import { type Named, photosNamed } from "./named.js";

interface Found extends Named {
  publications: OutPublication[];
}

/**
 * Shows where photos are still out, in every submission with them: somebody on them has withdrawn their consent. They are named by their
 * post, by a file, by the name that a post has for them, or by a hash, each as it was sent or as the original. Throws
 * `photo-unknown-there` (exit 1) for a hash or a file that the newsroom does not know, `newsroom-outdated` (exit 1), and as
 * `findSubmissionOf`.
 */
export async function run(context: Context, input: { "post|photo|sha256": string }): Promise<void> {
  const wanted = input["post|photo|sha256"];
  const named: Named[] = /^[0-9a-f]{64}$/i.test(wanted)
    ? [{ sha256: wanted.toLowerCase(), filename: null }]
    : await photosNamed(context, wanted);
  const post = named.length === 0 ? await findSubmissionOf(context, wanted) : undefined;
  const isPost = post !== undefined;
  const newsroom = await context.newsroom();
  if (isPost) named.push(...(await photosOf(newsroom, post)));
  const found: Found[] = [];
  let unknown: unknown;
  for (const photo of named) {
    const publications = await newsroom.photoPublications(photo.sha256).catch((error: unknown) => {
      if (!(error instanceof KominfoError) || error.code !== "photo-unknown-there") throw error;
      unknown ??= error;
      // A post may name a photo that is gone.
      return isPost ? [] : undefined;
    });
    if (publications) found.push({ ...photo, publications });
  }
  if (!isPost && found.length === 0) {
    throw named[0]?.filename == null ? unknown : failed("photo-unknown-there", { sha256: wanted });
  }
  if (!isPost) withoutRepeats(found);
  const json = found.map(({ publications, ...photo }) => ({
    ...photo,
    publications: publications.map((publication) => publicationJson(newsroom, publication)),
  }));
  context.output.result({ photos: json }, (style) =>
    found.map((photo, index) => photoText(context, style, photo, index + 1)).join("\n\n"),
  );
}

/** A file may be known by what was made of it here, and by what the newsroom knows of it: each publication is shown once. */
function withoutRepeats(found: Found[]): void {
  const shown = new Set<string>();
  for (const photo of found) {
    photo.publications = photo.publications.filter(({ id }) => !shown.has(id));
    for (const { id } of photo.publications) shown.add(id);
  }
  const [first, ...more] = found;
  const told = [...found].filter(({ publications }) => publications.length > 0);
  if (first && more.length > 0) found.splice(0, found.length, ...(told.length > 0 ? told : [first]));
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
      if (!isRefusal(error, exit.failed)) throw error;
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
