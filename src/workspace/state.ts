import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { failed, KominfoError } from "../errors.js";
import { writeAtomically } from "../files/atomic.js";
import { withLock } from "../files/lock.js";
import { content, type SubmissionSummary, submissionSummary } from "../newsroom/contract.js";

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
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { uploads: {} };
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw failed("post-state-damaged", { path: file }, error);
  }
}

export async function writeState(file: string, state: PostState): Promise<void> {
  // Always in this order: the same state is the same file.
  const { submission, queued, pending, uploads } = state;
  await writeAtomically(file, `${JSON.stringify({ submission, queued, pending, uploads }, null, 2)}\n`);
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
  await withLock(stateLock(file), remember, { waitMs: 0 }).catch((error: unknown) => {
    if (!(error instanceof KominfoError && error.code === "lock-held")) throw error;
  });
}

/** The lock under which a bundle's state and renditions change. */
export function stateLock(file: string): string {
  return path.join(path.dirname(file), "lock");
}
