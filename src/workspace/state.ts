import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import {
  content,
  photoReference,
  type SubmissionSummary,
  submissionSummary,
  submissionUrl,
} from "../contract/contract.js";
import { failed, KominfoError } from "../errors/errors.js";
import { removeLeftovers, writeAtomically } from "../files/atomic.js";
import { type LockOptions, withLock } from "../files/lock.js";

/** What the machine remembers of a post's way through the newsroom: `.kominfo/state.json`. */
const schema = z.object({
  /** As the newsroom last answered. */
  submission: submissionSummary
    .pick({ id: true, revision: true, state: true, updated_at: true })
    .extend({ origin: z.string(), url: z.string() })
    .optional(),
  /** What a person has asked to be sent, as it was then; `sync` sends it when there is a line again. */
  queued: z
    .object({
      content,
      message: z.string().optional(),
      /** Their renditions, each beside the others in `renditions/`. */
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
  /** Kept before it is sent: whatever happens then, it is sent again under the same key, and counts once. */
  pending: z
    .object({
      origin: z.string(),
      key: z.uuid(),
      update: z.object({ id: z.uuid(), revision: z.number().int(), resubmit: z.boolean() }).optional(),
      content,
      message: z.string().optional(),
    })
    .optional(),
  /**
   * Photos in `foto/` that came from the newsroom, by their hash there, which is that of the file: they are sent as
   * they are, under the name and the original's hash that they have there.
   */
  photos: z.record(z.string(), photoReference.pick({ filename: true, source_sha256: true })).default({}),
  /** What a pull is about to make of index.md: the newsroom's revision, and the hash of the file. */
  pulling: z.object({ revision: z.number().int(), sha256: z.string() }).optional(),
  /** Addresses of interrupted uploads, by the photo's hash. */
  uploads: z.record(z.string(), z.string()).default({}),
});
export type PostState = z.infer<typeof schema>;

/** Throws `post-state-damaged` (exit 1); a post that was never submitted has an empty state. */
export async function readState(file: string): Promise<PostState> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
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

/** Whether something of a post has not been sent, or nobody knows whether it has. */
export function isWaiting({ queued, pending }: PostState): boolean {
  return queued !== undefined || pending !== undefined;
}

export async function writeState(file: string, state: PostState): Promise<void> {
  // Always in this order: the same state is the same file.
  const { submission, queued, pending, photos, pulling, uploads } = state;
  const ordered = { submission, queued, pending, photos, pulling, uploads };
  await writeAtomically(file, `${JSON.stringify(ordered, null, 2)}\n`);
}

/** What is kept of a submission, at `url` of the newsroom at `origin`. */
export function knownSubmission(
  { id, revision, state, updated_at }: SubmissionSummary,
  origin: string,
): NonNullable<PostState["submission"]> {
  return { id, revision, state, updated_at, origin, url: submissionUrl(origin, id) };
}

/** Throws `submitted-elsewhere` (exit 1) where a post is, or is about to be, at another newsroom than `origin`. */
export function requireHere(state: PostState, origin: string, post: string): void {
  const known = [state.submission?.origin, state.pending?.origin];
  const elsewhere = known.find((one) => one && one !== origin);
  if (elsewhere) throw failed("submitted-elsewhere", { post, origin: elsewhere, now: origin });
}

/**
 * Keeps where a submission is now. Another process may be submitting meanwhile: its notes stay, and while it does,
 * nothing is kept, for it knows better.
 */
export async function rememberState(
  file: string,
  { id, state, updated_at }: Pick<SubmissionSummary, "id" | "state" | "updated_at">,
): Promise<void> {
  const remember = async () => {
    const known = await readState(file);
    if (known.submission?.id !== id || known.submission.updated_at === updated_at) return;
    await writeState(file, { ...known, submission: { ...known.submission, state, updated_at } });
  };
  await whileSending(file, remember, { waitMs: 0 }).catch((error: unknown) => {
    if (!(error instanceof KominfoError && error.code === "lock-held")) throw error;
  });
}

/**
 * Runs `work` while this process alone sends or fetches anything of a post (`lock-held`, exit 5); what a killed one left
 * half-written of the state is removed.
 */
export async function whileSending<T>(
  file: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
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
