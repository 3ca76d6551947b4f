import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  content,
  type Publication,
  photoReference,
  type SubmissionSummary,
  submissionSummary,
  submissionUrl,
} from "../contract/contract.js";
import { askable, type SenderRequest } from "../contract/lifecycle.js";
import { failed, KominfoError } from "../errors/errors.js";
import { removeLeftovers, writeAtomically } from "../files/atomic.js";
import { readInside, realInside } from "../files/links.js";
import { type LockOptions, withLock } from "../files/lock.js";

/** The local state of a post's submission: `.kominfo/state.json`. */
const schema = z.object({
  /** Copied from the newsroom's last answer. */
  submission: submissionSummary
    .pick({ id: true, revision: true, state: true, updated_at: true })
    .extend({
      origin: z.string(),
      url: z.string(),
      /** Something of it was published at that time: a new revision is a correction. Absent: nothing was. */
      out: z.literal(true).optional(),
      /** It was out, and was taken down by then. */
      down: z.literal(true).optional(),
      /** Where readers saw it then. */
      link: z.string().optional(),
      /** The sender's request that no editor had answered then. */
      asked: z.enum(askable).optional(),
    })
    .optional(),
  /** The content at the time of `post submit`. `sync` sends it when there is a connection. */
  queued: z
    .object({
      content,
      message: z.string().optional(),
      /** Of the manuscript, for `sent`. */
      mark: z.string().optional(),
      /** The renditions to upload; `name` is relative to `renditions/`. */
      photos: z.array(
        z.object({
          name: z.string(),
          filename: z.string(),
          bytes: z.number().int(),
          sha256: z.string(),
          source_sha256: z.string(),
        }),
      ),
    })
    .optional(),
  /** A request, written before it is sent. The newsroom counts repeats with the same key once. */
  pending: z
    .object({
      origin: z.string(),
      key: z.uuid(),
      update: z.object({ id: z.uuid(), revision: z.number().int(), resubmit: z.boolean() }).optional(),
      content,
      message: z.string().optional(),
      mark: z.string().optional(),
    })
    .optional(),
  /** The manuscript of the submission's revision as it was here (`manuscriptMark`): another one has changed since. */
  sent: z
    .object({
      revision: z.number().int(),
      mark: z.string(),
      /** Of everything that was sent (`contentMark`); absent for what came from the newsroom. */
      content: z.string().optional(),
    })
    .optional(),
  /**
   * Of a draft that was made here. The first request's key follows from it, so that copies of one draft on two computers become one
   * submission.
   */
  draft: z.uuid().optional(),
  /**
   * Photos in `foto/` that came from the newsroom, by the hash of the file. They are sent unchanged, under the name and
   * the hash of the original that the newsroom has for them.
   */
  photos: z
    .record(z.string(), photoReference.pick({ filename: true, source_sha256: true, blur: true }))
    .default({}),
  /** The revision that a pull is about to write to index.md, and the hash of the new file. */
  pulling: z.object({ revision: z.number().int(), sha256: z.string() }).optional(),
  /** Addresses of interrupted uploads, by the photo's hash. */
  uploads: z.record(z.string(), z.string()).default({}),
});
export type PostState = z.infer<typeof schema>;

/**
 * A post that was never submitted has an empty state. Throws `post-state-damaged` (exit 1), and `link-outside` (exit 2)
 * where the file lies outside its bundle.
 */
export async function readState(file: string): Promise<PostState> {
  let text: string;
  try {
    text = (await readInside(bundleOf(file), file)).toString("utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { photos: {}, uploads: {} };
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw failed("post-state-damaged", { path: file }, error);
  }
}

/** Whether a post has content that is unsent, or whose answer was lost. */
export function isWaiting({ queued, pending }: PostState): boolean {
  return queued !== undefined || pending !== undefined;
}

export function withoutPending({ pending: _, ...rest }: PostState): PostState {
  return rest;
}

export function withoutQueued({ queued: _, ...rest }: PostState): PostState {
  return rest;
}

/** Writes the state of a draft that was just made. @param draft UUID */
export async function startState(file: string, draft: string): Promise<void> {
  await writeState(file, { draft, photos: {}, uploads: {} });
}

export async function writeState(file: string, state: PostState): Promise<void> {
  // A fixed order of keys: the same state gives the same bytes.
  const { draft, submission, queued, pending, sent, photos, pulling, uploads } = state;
  const ordered = { draft, submission, queued, pending, sent, photos, pulling, uploads };
  const real = await realInside(bundleOf(file), file);
  await writeAtomically(real, `${JSON.stringify(ordered, null, 2)}\n`);
}

/** The folder of the bundle whose state `file` holds: `<bundle>/.kominfo/state.json`. */
function bundleOf(file: string): string {
  return path.dirname(path.dirname(file));
}

/** The state file's record of a submission at the newsroom at `origin`. */
export function submissionRecord(
  { id, revision, state, updated_at, shown, asked }: SubmissionSummary,
  origin: string,
): NonNullable<PostState["submission"]> {
  const url = submissionUrl(origin, id);
  return { id, revision, state, updated_at, origin, url, ...outOf(shown), ...askedOf(asked, shown) };
}

/** What is down already answers the request that it be taken down. */
function askedOf(
  asked: SubmissionSummary["asked"] | undefined,
  shown: SubmissionSummary["shown"] | undefined,
): { asked?: SenderRequest } {
  const isAnswered = asked === "unpublish" && shown === "unpublished";
  return asked && !isAnswered ? { asked } : {};
}

/** Whether readers see something of a submission that is shown so. */
export function isSeen(shown: SubmissionSummary["shown"] | undefined): boolean {
  return shown === "published" || shown === "corrected";
}

function outOf(shown: SubmissionSummary["shown"] | undefined): { out?: true; down?: true } {
  if (shown === "unpublished") return { down: true };
  return isSeen(shown) ? { out: true } : {};
}

/** The newest address at which it is out. */
function linkOf(publications: readonly Pick<Publication, "state" | "url">[]): { link?: string } {
  const link = publications.findLast(({ state, url }) => state === "published" && url !== null)?.url;
  return link ? { link } : {};
}

/** Throws `submitted-elsewhere` (exit 1) where a post was, or is about to be, sent to another newsroom than `origin`. */
export function requireSameOrigin(state: PostState, origin: string, post: string): void {
  const origins = [state.submission?.origin, state.pending?.origin];
  const elsewhere = origins.find((other) => other && other !== origin);
  if (elsewhere) throw failed("submitted-elsewhere", { post, origin: elsewhere, current: origin });
}

/**
 * Updates the state of a recorded submission; its revision stays the one that this machine received. Does nothing while
 * another process holds the state lock: that process writes a newer state itself.
 */
export async function updateSubmissionState(
  file: string,
  {
    id,
    state,
    updated_at,
    shown,
    asked,
    publications,
  }: Pick<SubmissionSummary, "id" | "state" | "updated_at" | "shown"> &
    Partial<Pick<SubmissionSummary, "asked"> & { publications: readonly Publication[] }>,
): Promise<void> {
  const update = async () => {
    const current = await readState(file);
    if (current.submission?.id !== id) return;
    const { out: _, down: __, asked: ___, link, ...before } = current.submission;
    const out = outOf(shown);
    const known = publications ? linkOf(publications) : link !== undefined && out.out ? { link } : {};
    const submission = { ...before, state, updated_at, ...out, ...known, ...askedOf(asked, shown) };
    if (isDeepStrictEqual(submission, current.submission)) return;
    await writeState(file, { ...current, submission });
  };
  await withStateLock(file, update, { waitMs: 0 }).catch((error: unknown) => {
    if (!(error instanceof KominfoError && error.code === "lock-held")) throw error;
  });
}

/**
 * Runs `work` while no other process sends or pulls this post (`lock-held`, exit 5). First removes the half-written
 * state files of a killed process.
 */
export async function withStateLock<T>(
  file: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  await realInside(bundleOf(file), path.dirname(file));
  const locked = async () => {
    await removeLeftovers(path.dirname(file), (target) => target === path.basename(file));
    return work();
  };
  return withLock(stateLock(file), locked, options);
}

/** The lock under which a bundle's state and renditions change. */
export function stateLock(file: string): string {
  return path.join(path.dirname(file), "lock");
}
