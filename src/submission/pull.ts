import path from "node:path";
import type { Submission } from "../contract/contract.js";
import { KominfoError, usage } from "../errors/errors.js";
import { createAtomically, removeLeftovers } from "../files/atomic.js";
import { error } from "../files/diagnostic.js";
import { sha256 } from "../files/hash.js";
import { realInside } from "../files/links.js";
import type { NewsroomClient } from "../newsroom-client/types.js";
import { readPost } from "../post/front-matter/read.js";
import { type OpenChoice, openChoices } from "../post/merge/choose.js";
import { type Choice, choicesIn, conflictsIn } from "../post/merge/conflicts.js";
import { type Manuscript, mergePosts, writeMerged } from "../post/merge/merge.js";
import { changePost, finishChange } from "../workspace/change.js";
import { type Bundle, isFile, readIndex } from "../workspace/posts.js";
import {
  type PostState,
  readState,
  requireSameOrigin,
  submissionRecord,
  withStateLock,
  writeState,
} from "../workspace/state.js";
import { manuscriptOf } from "./content.js";
import { manuscriptMark } from "./mark.js";
import { photoFiles } from "./photos.js";
import type { SubmitDeps } from "./session.js";
import { sendQueued } from "./submit.js";

/** The outcome of a pull, or of `planPull`. */
export interface Pulled {
  submission: Submission;
  /** The revision that this machine had before the pull. */
  from: number;
  /** index.md before and after; equal where there was nothing to pull. */
  before: Manuscript;
  after: Manuscript;
  /** The choices that a person has to make in the new index.md. */
  conflicts: Choice[];
  /** Both forms of each of them, in the same order. */
  forms: OpenChoice[];
  photos: { downloaded: number; gone: string[] };
  /** Absolute path of the copy of the old index.md; absent where it did not change. */
  kept?: string;
}

/** The new index.md and the photos to fetch. */
interface PullPlan extends Omit<Pulled, "photos" | "kept"> {
  text: string;
  /** The newsroom's revision, as index.md would write it; absent where there was nothing to pull. */
  theirs?: Manuscript;
  /** Hash by file. */
  missing: Map<string, string>;
  fromNewsroom: PostState["photos"];
}

type SubmittedState = PostState & Required<Pick<PostState, "submission">>;

/** Predicts `pullPost`. Writes nothing and sends nothing. */
export async function planPull({
  bundle,
  newsroom,
}: Pick<SubmitDeps, "bundle" | "newsroom">): Promise<Pulled> {
  const { state, submission } = await loadCurrent(bundle, newsroom);
  return outcome(await planRevision(bundle, newsroom, state, submission, await readIndex(bundle)));
}

/**
 * Sends queued content first. Then merges the newest revision with the local changes into index.md (`mergePosts`), and
 * fetches its photos into `foto/`. Keeps a copy of the old index.md. After a kill at any point, the same call ends with
 * the revision merged once. One process at a time per bundle (`lock-held`, exit 5). Throws `not-submitted` (exit 2), and
 * `post-invalid` (exit 2) where index.md cannot be read or still holds a conflict.
 */
export async function pullPost(deps: SubmitDeps): Promise<Pulled> {
  const { bundle, newsroom } = deps;
  const refusal = await sendWaiting(deps);
  return withStateLock(bundle.state, async () => {
    const { state, submission, wasWritten } = await loadCurrent(bundle, newsroom);
    if (wasWritten) await finishChange(bundle);
    if (submission.revision > state.submission.revision) {
      return takeRevision(bundle, newsroom, state, submission);
    }
    await writeState(bundle.state, state);
    if (refusal) throw refusal;
    return outcome(await planRevision(bundle, newsroom, state, submission, await readIndex(bundle)));
  });
}

async function takeRevision(
  bundle: Bundle,
  newsroom: NewsroomClient,
  state: SubmittedState,
  submission: Submission,
): Promise<Pulled> {
  let pulled: Pulled | undefined;
  let photos = state.photos;
  let sent: PostState["sent"];
  await changePost(bundle, async (source) => {
    const plan = await planRevision(bundle, newsroom, state, submission, source);
    const gone = await fetchPhotos(bundle, newsroom, plan.missing);
    const isSame = plan.text === source.toString("utf8");
    pulled = outcome(plan, gone, isSame ? undefined : await keepCopy(bundle, submission.revision, source));
    photos = { ...photos, ...plan.fromNewsroom };
    const mark = plan.theirs && manuscriptMark(plan.theirs);
    sent = mark === undefined ? undefined : { revision: submission.revision, mark };
    // After a kill, the next run compares this hash with index.md to see whether it was written.
    const pulling = { revision: submission.revision, sha256: sha256(plan.text) };
    await writeState(bundle.state, { ...state, photos, pulling });
    return plan.text;
  });
  const record = submissionRecord(submission, newsroom.origin);
  await writeState(bundle.state, { ...state, photos, submission: record, ...(sent && { sent }) });
  return pulled!;
}

function outcome(
  { text: _, missing, fromNewsroom: __, theirs: ___, ...plan }: PullPlan,
  gone: string[] = [],
  kept?: string,
): Pulled {
  return { ...plan, photos: { downloaded: missing.size - gone.length, gone }, ...(kept && { kept }) };
}

/**
 * Sends queued content. Returns, instead of throwing, a refusal that a newer revision may explain: `pullPost` merges that
 * revision.
 */
async function sendWaiting(deps: SubmitDeps): Promise<KominfoError | undefined> {
  try {
    await sendQueued(deps);
    return undefined;
  } catch (error) {
    const isOutdated =
      error instanceof KominfoError && ["revision-stale", "step-impossible"].includes(error.code);
    if (!isOutdated) throw error;
    return error;
  }
}

/** Loads the submission and the local state. A pull that was killed after it wrote index.md counts as done. */
async function loadCurrent(bundle: Bundle, newsroom: NewsroomClient) {
  const { pulling, ...stored } = await readState(bundle.state);
  requireSameOrigin(stored, newsroom.origin, bundle.slug);
  if (!stored.submission) throw usage("not-submitted", { post: bundle.slug });
  const wasWritten = pulling !== undefined && sha256(await readIndex(bundle)) === pulling.sha256;
  const revision = wasWritten ? pulling.revision : stored.submission.revision;
  const submission = await newsroom.submission(stored.submission.id);
  const state: SubmittedState = {
    ...stored,
    submission: { ...submissionRecord(submission, newsroom.origin), revision },
  };
  return { state, submission, wasWritten };
}

async function planRevision(
  bundle: Bundle,
  newsroom: NewsroomClient,
  state: SubmittedState,
  submission: Submission,
  source: Buffer,
): Promise<PullPlan> {
  const { id, revision: from } = state.submission;
  const read = readPost(source);
  if (!read.post) throw usage("post-invalid", { path: bundle.index, problems: read.problems });
  const ours = { post: read.post, body: read.body };
  const openConflicts = conflictsIn(read);
  if (submission.revision <= from) {
    const same = { submission, from, before: ours, after: ours, conflicts: choicesIn(read) };
    return {
      ...same,
      forms: openChoices(source),
      text: source.toString("utf8"),
      missing: new Map(),
      fromNewsroom: {},
    };
  }
  if (openConflicts.length > 0) {
    const problems = openConflicts.map(({ mark, ...place }) => error(place, "conflict-left", { mark }));
    throw usage("post-invalid", { path: bundle.index, problems });
  }
  const [base, files] = await Promise.all([
    newsroom.revision(id, from),
    photoFiles(bundle, ours.post.photos),
  ]);
  // The order matters: the older revision's photos take the free names first.
  const before = manuscriptOf(base.content, files.of(base.content));
  const theirs = manuscriptOf(submission.content, files.of(submission.content));
  const merged = mergePosts({ base: before, ours, theirs });
  const text = writeMerged(source, ours, merged, bundle.index);
  const missing = merged.post.photos.flatMap(({ file }) => {
    const hash = files.missing.get(file);
    return hash === undefined ? [] : [[file, hash] as const];
  });
  return {
    ...{ submission, from, text, theirs, before: ours, after: merged, conflicts: choicesIn(readPost(text)) },
    forms: openChoices(text),
    missing: new Map(missing),
    fromNewsroom: files.fromNewsroom,
  };
}

/**
 * Fetches photos into a bundle, each completely or not at all. Returns the files of those that the newsroom no longer
 * has: index.md still lists them, and `post check` reports them.
 */
export async function fetchPhotos(
  bundle: Pick<Bundle, "folder">,
  newsroom: NewsroomClient,
  missing: ReadonlyMap<string, string>,
): Promise<string[]> {
  const gone: string[] = [];
  for (const [file, hash] of missing) {
    const target = await realInside(bundle.folder, path.join(bundle.folder, file));
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

/** Names the copy by its content: a repeated pull makes no second copy, and no copy is ever replaced. */
async function keepCopy(bundle: Bundle, revision: number, source: Buffer): Promise<string> {
  const name = `index-sebelum-revisi-${revision}-${sha256(source).slice(0, 8)}.md`;
  const folder = path.join(bundle.machine, "sebelum");
  await realInside(bundle.folder, folder);
  await removeLeftovers(folder, () => true);
  await createAtomically(path.join(folder, name), source);
  return path.join(folder, name);
}
