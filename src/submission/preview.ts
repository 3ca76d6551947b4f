import { approvalChannels, type ChannelName } from "../channels/registry.js";
import { renderChannels } from "../channels/render.js";
import { approvedArticle, articleElsewhere, sitesOf } from "../contract/article.js";
import type { Content, Rendering, Submission } from "../contract/contract.js";
import { quotingChannels } from "../contract/corrections.js";
import { correctionRemarks, withRemarks } from "../contract/kept-photos.js";
import { failed, KominfoError } from "../errors/errors.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import { readFrame } from "../photo/sources/frame.js";
import type { ImageEngine } from "../photo/types.js";
import type { Post } from "../post/types.js";
import type { Bundle } from "../workspace/posts.js";
import { readState } from "../workspace/state.js";
import { comparedContents } from "./compared-contents.js";
import { contentOf } from "./content.js";
import { preparePhotos } from "./prepare.js";

/** A photo of a preview: its size in pixels, and a JPEG of it, which may be smaller. */
export interface PreviewPhoto {
  width: number;
  height: number;
  jpeg: Buffer;
  /** Absolute path of the whole photo on this machine, where it is here. */
  path?: string;
}

/** What a preview shows. */
export interface Preview {
  content: Content;
  renderings: Rendering[];
  /** By hash. A photo that could not be read is missing. */
  photos: Map<string, PreviewPhoto>;
  /** Channels on which it corrects an earlier post by quoting it. */
  quoting: readonly ChannelName[];
  /** Absent for a local post. */
  revision?: { number: number; frozen: boolean };
}

export interface PreviewProgress {
  step: "drawing" | "fetching";
  done: number;
  total: number;
}

/** Longest side of an embedded picture in pixels: a phone of 390 points has twice as many. */
const pictureEdge = 900;

/**
 * Renders a post as it is on this machine, with the same functions as the newsroom. Throws as `preparePhotos` does.
 *
 * @param request.images is called only when there are photos
 */
export async function previewLocal(request: {
  bundle: Bundle;
  post: Post;
  body: string;
  /** Of the workspace, without `#`. */
  hashtags: readonly string[];
  images: () => Promise<ImageEngine>;
  signal: AbortSignal;
  onProgress?: (progress: PreviewProgress) => void;
}): Promise<Preview> {
  const { bundle, post, body, onProgress } = request;
  const state = await readState(bundle.state);
  const prepared = await preparePhotos(
    {
      ...request,
      onProgress: ({ done, total }) => onProgress?.({ step: "drawing", done, total }),
    },
    state,
  );
  const photos = new Map<string, PreviewPhoto>();
  const rendered = [...new Map([...prepared.values()].map((photo) => [photo.sha256, photo])).values()];
  for (const [done, { sha256, path }] of rendered.entries()) {
    request.signal.throwIfAborted();
    onProgress?.({ step: "drawing", done, total: rendered.length });
    const engine = await request.images();
    const { width, height } = await engine.inspect(path);
    photos.set(sha256, { width, height, jpeg: await engine.thumbnail(path, pictureEdge), path });
  }
  const content = contentOf(bundle.slug, post, body, prepared, request.hashtags);
  const renderings = await renderChannels({ content, photos }, approvalChannels);
  // Where it is out is known to the newsroom only: it costs this or less.
  const isCorrection = state.submission?.out === true && content.correction_note !== undefined;
  return { content, renderings, photos, quoting: isCorrection ? approvalChannels : [] };
}

/** Shows a revision as the newsroom renders it. A photo that the newsroom no longer has is left out. */
export async function previewSubmission(request: {
  newsroom: NewsroomClient;
  id: string;
  revision?: number | undefined;
  /** Origin of the website that the workspace names. */
  site?: string | undefined;
  signal: AbortSignal;
  onProgress?: (progress: PreviewProgress) => void;
}): Promise<Preview> {
  const { newsroom, id, signal, onProgress } = request;
  const { revision, frozen, channels } = await newsroom
    .renderings(id, request.revision)
    .catch((error: unknown) => unknownRevision(request, error));
  const { content } = await newsroom.revision(id, revision);
  const hashes = [...new Set(channels.flatMap((channel) => channel.photos.map(({ sha256 }) => sha256)))];
  const photos = new Map<string, PreviewPhoto>();
  for (const [done, sha256] of hashes.entries()) {
    signal.throwIfAborted();
    onProgress?.({ step: "fetching", done, total: hashes.length });
    const jpeg = await photoOrNothing(newsroom, sha256);
    const frame = jpeg && readFrame(jpeg);
    if (jpeg && frame?.format === "jpeg")
      photos.set(sha256, { width: frame.width, height: frame.height, jpeg });
  }
  const submission = await newsroom.submission(id);
  const { publications } = submission;
  const quoting = quotingChannels(publications, revision);
  const elsewhere =
    revision === submission.approval?.revision ? await linkElsewhere(request, submission) : undefined;
  const linked = elsewhere === undefined ? channels : channels.map((one) => unlinked(one, elsewhere));
  const shown = { approval: { revision }, publications };
  const contents = await comparedContents(newsroom, id, shown);
  const renderings = withRemarks(linked, correctionRemarks(shown, contents));
  return { content, renderings, photos, quoting, revision: { number: revision, frozen } };
}

/** The host of what was recorded as the article, where that is at no site of the office. */
async function linkElsewhere(
  { newsroom, site }: { newsroom: NewsroomClient; site?: string | undefined },
  submission: Submission,
): Promise<string | undefined> {
  if (approvedArticle(submission, []).elsewhere === undefined) return undefined;
  const sites = sitesOf(await newsroom.outlets(), submission.kecamatan);
  return approvedArticle(submission, [...sites, ...(site === undefined ? [] : [site])]).elsewhere;
}

function unlinked(rendering: Rendering, host: string): Rendering {
  if (rendering.link?.when !== "known") return rendering;
  return { ...rendering, link: null, warnings: [...rendering.warnings, articleElsewhere(host)] };
}

/** The newsroom answers alike whether the submission or only its revision is not there. Throws `revision-not-there` (exit 1), or the error. */
async function unknownRevision(
  { newsroom, id, revision }: { newsroom: NewsroomClient; id: string; revision?: number | undefined },
  error: unknown,
): Promise<never> {
  const isUnknown = error instanceof KominfoError && error.code === "submission-not-found";
  if (!isUnknown || revision === undefined) throw error;
  const { revision: newest } = await newsroom.submission(id);
  throw revision > newest ? failed("revision-not-there", { revision, newest }) : error;
}

async function photoOrNothing(newsroom: NewsroomClient, sha256: string): Promise<Buffer | undefined> {
  try {
    return await newsroom.photo(sha256);
  } catch (error) {
    if (error instanceof KominfoError && error.code === "submission-not-found") return undefined;
    throw error;
  }
}
