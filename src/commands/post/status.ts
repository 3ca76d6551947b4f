import type { Context } from "../../context.js";
import { deskPage, type Submission, submissionUrl, type Transition } from "../../contract/contract.js";
import type { KeptPhotos } from "../../contract/kept-photos.js";
import { type ExitCode, exit, usage } from "../../errors/errors.js";
import { changedSince } from "../../submission/mark.js";
import { hasLaterChanges } from "../../submission/queue.js";
import { cleanLine } from "../../text/clean.js";
import { keepLastKnown } from "../../workspace/last-known.js";
import { type Bundle, listBundles, readBundle } from "../../workspace/posts.js";
import { isWaiting, type PostState, readState, updateSubmissionState } from "../../workspace/state.js";
import type { Workspace } from "../../workspace/types.js";
import { findPost } from "./choose.js";
import { warnOfLinks } from "./links.js";
import { nextSteps, sendWaiting } from "./next-steps.js";
import { parseReference, requireOwnNewsroom, type SubmissionReference } from "./reference.js";
import { loadRemarks } from "./remarks.js";
import { changeWay, declinedRequest, openRequest, standingOf } from "./standing.js";
import { isUnasked, showLastKnown } from "./status-known.js";
import { listStatus } from "./status-list.js";
import { loadPublications } from "./status-publications.js";
import { statusText } from "./status-text.js";

export async function run(context: Context, input: { "post|submission-id"?: string }): Promise<ExitCode> {
  const workspace = await context.workspace();
  const wanted = input["post|submission-id"];
  if (wanted === undefined) return listStatus(context, await listBundles(workspace, warnOfLinks(context)));
  const reference = parseReference(wanted);
  const bundle = reference
    ? await findBundleOf(context, workspace, reference.id)
    : await findPost(context, wanted);
  if (!bundle) {
    await showElsewhere(context, reference!);
    return exit.done;
  }
  const { post, body } = await readBundle(bundle);
  const state = await readState(bundle.state);
  const title = post?.title ?? null;
  const isChanged = await hasLaterChanges(bundle, state, workspace.settings.hashtags);
  if (!state.submission) {
    showDraft(context, bundle, title, isWaiting(state), isChanged);
    return exit.done;
  }
  const since = post ? changedSince(state, { post, body }) : undefined;
  const submitted = { ...state, submission: state.submission };
  try {
    await showSubmission(context, bundle, title, submitted, { isChanged, since });
    return exit.done;
  } catch (error) {
    if (!isUnasked(error)) throw error;
    return showLastKnown(context, error, { bundle, title, state: submitted, isChanged, since });
  }
}

/** The post of this workspace that was submitted as this one, if it is here. */
async function findBundleOf(context: Context, workspace: Workspace, id: string): Promise<Bundle | undefined> {
  for (const bundle of await listBundles(workspace, warnOfLinks(context))) {
    if ((await readState(bundle.state)).submission?.id === id) return bundle;
  }
  return undefined;
}

/** A submission whose post is on another computer: what the newsroom has of it. */
async function showElsewhere(context: Context, reference: SubmissionReference): Promise<void> {
  const newsroom = await context.newsroom();
  requireOwnNewsroom(reference, newsroom);
  const { submission, history, remarks } = await loadRemarks(newsroom, reference.id);
  const { id, revision, state, updated_at } = submission;
  const { outlets, uncorrected, publications, kept_photos, now } = await loadPublications(
    context,
    newsroom,
    submission,
  );
  const steps = [...keptSteps(kept_photos, id), ...(await nextSteps(context, submission, history, id, now))];
  // A post is edited and submitted where it lies.
  const here = steps.filter((step) => !/post (edit|submit|new|delete)/.test(step));
  const next = here.length < steps.length ? [...here, `kominfo post pull ${id}`] : steps;
  const json = {
    post: null,
    submission: { id, revision, state, updated_at, url: submissionUrl(newsroom.origin, id) },
    ...{ publications, uncorrected, kept_photos, waiting: false, comments: remarks, next },
  };
  context.output.result(json, (style) =>
    statusText(
      context,
      style,
      {
        ...{ submission, outlets, uncorrected, kept_photos, remarks, next, now, name: id },
        page: deskPage(newsroom.origin, id),
      },
      requestLines(context, submission, history).map((line) => style.warning(line)),
    ),
  );
}

/** A post that was never submitted. */
function showDraft(
  context: Context,
  { slug, folder }: Bundle,
  title: string | null,
  waiting: boolean,
  isChanged: boolean,
): void {
  const messages = context.messages.post;
  const submit = messages.nextSteps.draft(slug);
  const next = waiting ? [...sendWaiting, ...(isChanged ? submit : [])] : submit;
  const post = { slug, path: folder, title };
  const json = { post, submission: null, waiting, ...(waiting && { later_changes: isChanged }) };
  context.output.result({ ...json, comments: [], next }, (style) =>
    [
      `${style.strong(cleanLine(title ?? slug))}  ${waiting ? messages.waiting : messages.states.draft}`,
      ...(isChanged ? [style.warning(context.messages.upload.laterChanges({ post: slug }))] : []),
      messages.next,
      ...next.map((step) => `  ${style.command(step)}`),
    ].join("\n"),
  );
}

/** A submitted post: its state at the newsroom now, the remarks of the editors, and the next steps. */
async function showSubmission(
  context: Context,
  bundle: Bundle,
  title: string | null,
  state: PostState & Required<Pick<PostState, "submission">>,
  { isChanged, since }: { isChanged: boolean; since: number | undefined },
): Promise<void> {
  const messages = context.messages.post;
  const { slug } = bundle;
  const { revision: here, origin } = state.submission;
  const newsroom = await context.newsroom();
  if (newsroom.origin !== origin) {
    throw usage("submitted-elsewhere", { post: slug, origin, current: newsroom.origin });
  }
  const { submission, history, remarks } = await loadRemarks(newsroom, state.submission.id);
  const { id, revision, state: step, updated_at } = submission;
  // Keeps the recorded revision: a newer one has to be pulled before the next submit.
  await updateSubmissionState(bundle.state, submission);
  const { shown } = submission;
  const at = context.host.now().toISOString();
  await keepLastKnown(bundle, { id, at, revision, shown, updated_at, remarks });
  const newer = revision > here ? await newsroom.revision(id, revision) : undefined;
  const { outlets, uncorrected, publications, kept_photos, now } = await loadPublications(
    context,
    newsroom,
    submission,
  );
  const waiting = isWaiting(state);
  const pull = newer ? [`kominfo post pull ${slug}`] : [];
  const submit = `kominfo post submit ${slug}`;
  const way = since && !waiting ? changeWay(standingOf(submission)) : undefined;
  const usual = waiting ? [] : await nextSteps(context, submission, history, slug, now);
  const steps = waiting
    ? [...sendWaiting, ...(isChanged ? [submit] : [])]
    : [
        ...keptSteps(kept_photos, slug),
        // What is to be done before it is sent stands before it.
        ...(way === "send" && !usual.includes(submit) ? [submit] : []),
        ...usual,
      ];
  const next = [...new Set([...pull, ...steps])];
  const { postChanges } = context.messages;
  const page = deskPage(origin, id);
  const json = {
    post: { slug, path: bundle.folder, title },
    submission: { id, revision, state: step, updated_at, url: submissionUrl(origin, id) },
    publications,
    uncorrected,
    kept_photos,
    waiting,
    ...(waiting && { later_changes: isChanged }),
    comments: remarks,
    next,
  };
  context.output.result(json, (style) =>
    statusText(
      context,
      style,
      {
        ...{ submission, outlets, uncorrected, kept_photos, remarks, next, now, name: slug },
        page,
      },
      [
        ...(newer ? [messages.newerRevision({ revision, author: cleanLine(newer.author.name), here })] : []),
        ...(waiting ? [style.warning(messages.waiting)] : []),
        ...(isChanged ? [style.warning(context.messages.upload.laterChanges({ post: slug }))] : []),
        ...(since && way ? [style.warning(postChanges.changedHere({ revision: since }))] : []),
        ...(way && way !== "send" ? [postChanges.changeWays[way]({ post: slug })] : []),
        ...requestLines(context, submission, history).map((line) => style.warning(line)),
      ],
    ),
  );
}

/** What was asked of the editors, and what they have declined. */
function requestLines(
  { messages: { postChanges } }: Context,
  submission: Submission,
  history: readonly Transition[],
): string[] {
  const asked = openRequest(submission);
  const declined = declinedRequest(history);
  return [
    ...(asked ? [postChanges.askedFor[asked]] : []),
    ...(declined ? [postChanges.declined[declined]] : []),
  ];
}

/** Takes down what shows photos that are not approved any more. */
function keptSteps(kept: readonly KeptPhotos[], name: string): string[] {
  const channels = [...new Set(kept.map(({ channel }) => channel))].join();
  return channels === "" ? [] : [`kominfo post unpublish ${name} --from ${channels}`];
}
