import { readFile } from "node:fs/promises";
import path from "node:path";
import { KominfoError, usage } from "../errors.js";
import { createAtomically, removeLeftovers } from "../files/atomic.js";
import { sha256 } from "../files/hash.js";
import { wrong } from "../files/problem.js";
import type { NewsroomClient } from "../newsroom/client/types.js";
import type { Submission } from "../newsroom/contract.js";
import { type Choice, choicesIn, conflictsIn } from "../post/conflicts.js";
import { readPost } from "../post/front-matter.js";
import { type Manuscript, mergePosts, writeMerged } from "../post/merge.js";
import { changePost } from "../workspace/change.js";
import { type Bundle, isFile } from "../workspace/posts.js";
import {
  type PostState,
  readState,
  requireHere,
  submissionRecord,
  withStateLock,
  writeState,
} from "../workspace/state.js";
import { manuscriptOf } from "./content.js";
import { photoFiles } from "./photos.js";
import { type SubmitDeps, sendQueued } from "./submit.js";

/** What is done, and told, where a revision is taken. */
export interface Pulled {
  submission: Submission;
  /** The revision that lay here before; the same as the submission's where nothing was taken. */
  from: number;
  /** index.md as it was, and as it is; the same where nothing was taken. */
  before: Manuscript;
  after: Manuscript;
  /** What a person has to choose between, in the new index.md. */
  conflicts: Choice[];
  photos: { downloaded: number; gone: string[] };
  /** Absolute path of what index.md was; absent where it was not changed. */
  kept?: string;
}

/** What a revision makes of index.md. */
interface Plan extends Omit<Pulled, "photos" | "kept"> {
  text: string;
  /** Photos that are to be fetched: hash by file. */
  missing: Map<string, string>;
  known: PostState["photos"];
}

/** What `pullPost` would do; nothing is written, nor sent. */
export async function planPull({
  bundle,
  newsroom,
}: Pick<SubmitDeps, "bundle" | "newsroom">): Promise<Pulled> {
  const { state, submission } = await current(bundle, newsroom, await readState(bundle.state));
  return told(await planned(bundle, newsroom, state, submission, await readFile(bundle.index)));
}

/**
 * Brings the newest revision home: merged into index.md with what was changed here since (`mergePosts`), its photos
 * into `foto/`. What waited to be sent is sent first. index.md as it was is kept. Killed anywhere, the same call again
 * ends with the revision merged once. One process at a time per bundle (`lock-held`, exit 5). Throws `not-submitted`,
 * `post-invalid` (exit 2) where index.md cannot be read or an earlier choice has not been made.
 */
export async function pullPost(request: SubmitDeps): Promise<Pulled> {
  const { bundle, newsroom } = request;
  const refusal = await sendWaiting(request);
  return withStateLock(bundle.state, async () => {
    const { state, submission } = await current(bundle, newsroom, await readState(bundle.state));
    if (submission.revision <= state.submission.revision) {
      await writeState(bundle.state, state);
      if (refusal) throw refusal;
      return told(await planned(bundle, newsroom, state, submission, await readFile(bundle.index)));
    }
    let pulled: Pulled | undefined;
    let photos = state.photos;
    await changePost(bundle, async (source) => {
      const plan = await planned(bundle, newsroom, state, submission, source);
      const gone = await fetchPhotos(bundle, newsroom, plan.missing);
      const isSame = plan.text === source.toString("utf8");
      pulled = told(plan, gone, isSame ? undefined : await keep(bundle, submission.revision, source));
      photos = { ...photos, ...plan.known };
      // Killed after index.md is written, the next run knows it by this.
      const pulling = { revision: submission.revision, sha256: sha256(plan.text) };
      await writeState(bundle.state, { ...state, photos, pulling });
      return plan.text;
    });
    const known = submissionRecord(submission, newsroom.origin);
    await writeState(bundle.state, { ...state, photos, submission: known });
    return pulled!;
  });
}

function told({ text: _, missing, known: __, ...plan }: Plan, gone: string[] = [], kept?: string): Pulled {
  return { ...plan, photos: { downloaded: missing.size - gone.length, gone }, ...(kept && { kept }) };
}

/** Sends what an earlier run could not. Gives the refusal that a newer revision explains: then it is merged instead. */
async function sendWaiting(request: SubmitDeps): Promise<KominfoError | undefined> {
  try {
    await sendQueued(request);
    return undefined;
  } catch (error) {
    const isLate =
      error instanceof KominfoError && ["revision-stale", "step-impossible"].includes(error.code);
    if (!isLate) throw error;
    return error;
  }
}

/** Where the submission is now, and what is known here, an earlier pull that was killed at its end included. */
async function current(bundle: Bundle, newsroom: NewsroomClient, found: PostState) {
  requireHere(found, newsroom.origin, bundle.slug);
  if (!found.submission) throw usage("not-submitted", { post: bundle.slug });
  const { pulling, ...state } = found;
  const isWritten = pulling && sha256(await readFile(bundle.index)) === pulling.sha256;
  const revision = isWritten ? pulling.revision : found.submission.revision;
  const submission = await newsroom.submission(found.submission.id);
  const { state: step, updated_at } = submission;
  return {
    state: { ...state, submission: { ...found.submission, revision, state: step, updated_at } },
    submission,
  };
}

async function planned(
  bundle: Bundle,
  newsroom: NewsroomClient,
  state: PostState & Required<Pick<PostState, "submission">>,
  submission: Submission,
  source: Buffer,
): Promise<Plan> {
  const { id, revision: from } = state.submission;
  const read = readPost(source);
  if (!read.post) throw usage("post-invalid", { path: bundle.index, problems: read.problems });
  const ours = { post: read.post, body: read.body };
  const unchosen = conflictsIn(read);
  if (submission.revision <= from) {
    const same = { submission, from, before: ours, after: ours, conflicts: choicesIn(read) };
    return { ...same, text: source.toString("utf8"), missing: new Map(), known: {} };
  }
  if (unchosen.length > 0) {
    const problems = unchosen.map(({ mark, ...place }) => wrong(place, "conflict-left", { mark }));
    throw usage("post-invalid", { path: bundle.index, problems });
  }
  const [base, files] = await Promise.all([
    newsroom.revision(id, from),
    photoFiles(bundle, ours.post.photos),
  ]);
  const [before, theirs] = [base.content, submission.content].map((one) => manuscriptOf(one, files.of(one)));
  const merged = mergePosts({ base: before!, ours, theirs: theirs! });
  const text = writeMerged(source, ours, merged, bundle.index);
  const listed = merged.post.photos.flatMap(({ file }) => {
    const hash = files.missing.get(file);
    return hash === undefined ? [] : [[file, hash] as const];
  });
  return {
    ...{ submission, from, text, before: ours, after: merged, conflicts: choicesIn(readPost(text)) },
    missing: new Map(listed),
    known: files.known,
  };
}

/**
 * Fetches photos into a bundle, each whole or not at all. Returns the files of those that the newsroom has no more:
 * index.md still lists them, and `post check` names them.
 */
export async function fetchPhotos(
  bundle: Pick<Bundle, "folder">,
  newsroom: NewsroomClient,
  missing: ReadonlyMap<string, string>,
): Promise<string[]> {
  const gone: string[] = [];
  for (const [file, hash] of missing) {
    const target = path.join(bundle.folder, file);
    if (await isFile(target)) continue;
    try {
      await createAtomically(target, await newsroom.photo(hash));
    } catch (error) {
      if (!(error instanceof KominfoError && error.code === "submission-not-found")) throw error;
      gone.push(file);
    }
  }
  return gone;
}

/** Named after what it holds: taken again, it is not kept twice, and nothing kept is ever replaced. */
async function keep(bundle: Bundle, revision: number, source: Buffer): Promise<string> {
  const name = `index-sebelum-revisi-${revision}-${sha256(source).slice(0, 8)}.md`;
  const folder = path.join(bundle.machine, "sebelum");
  await removeLeftovers(folder, () => true);
  await createAtomically(path.join(folder, name), source);
  return path.join(folder, name);
}
