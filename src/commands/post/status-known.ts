import type { Context } from "../../context.js";
import { submissionUrl } from "../../contract/contract.js";
import { type ExitCode, exit, KominfoError } from "../../errors/errors.js";
import { isOfTheLine } from "../../errors/http.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { readLastKnown } from "../../workspace/last-known.js";
import type { Bundle } from "../../workspace/posts.js";
import { isWaiting, type PostState } from "../../workspace/state.js";
import { problemJson } from "../photo/upload/upload-report.js";
import { sendWaiting } from "./next-steps.js";
import { remarkLines } from "./remarks.js";
import { changeWay } from "./standing.js";

interface SubmittedPost {
  bundle: Bundle;
  title: string | null;
  state: PostState & Required<Pick<PostState, "submission">>;
  /** It says something else by now than what waits. */
  isChanged: boolean;
  /** The revision since which it was changed here. */
  since: number | undefined;
}

/** Whether the newsroom has not said what it knows: it cannot be reached, does not work, or refuses the login. A shut vault is opened first. */
export function isUnasked(error: unknown): error is KominfoError {
  if (!(error instanceof KominfoError) || error.exit === exit.cancelled) return false;
  if (/^(?:vault|keychain)-/.test(error.code)) return false;
  return error.exit === exit.temporary || error.exit === exit.denied || isOfTheLine(error);
}

/**
 * Shows what this computer knows of a submitted post while the newsroom does not answer: what waits, and its last answer with the time of
 * it. Then says why it does not answer, and returns that error's exit code.
 */
export async function showLastKnown(
  context: Context,
  error: KominfoError,
  { bundle, title, state, isChanged, since }: SubmittedPost,
): Promise<ExitCode> {
  const { language, messages, output } = context;
  const { post } = messages;
  const { slug, folder } = bundle;
  const record = state.submission;
  const kept = await readLastKnown(bundle, record.id);
  // An answer to `post submit` may be newer than what `post status` has kept: it said nothing of remarks.
  const isLatest = kept !== undefined && Date.parse(kept.updated_at) >= Date.parse(record.updated_at);
  const shown = isLatest ? kept.shown : record.state;
  const revision = isLatest ? Math.max(kept.revision, record.revision) : record.revision;
  const updated_at = isLatest ? kept.updated_at : record.updated_at;
  const known_at = isLatest ? kept.at : record.updated_at;
  const waiting = isWaiting(state);
  // What may be published or read by now only the newsroom knows.
  const again = [`kominfo post status ${slug}`];
  const next = waiting ? sendWaiting : shown === "returned" ? post.nextSteps.returned(slug) : again;
  const comments = kept?.remarks ?? [];
  const json = {
    post: { slug, path: folder, title },
    submission: {
      ...{ id: record.id, revision, state: record.state, updated_at },
      url: submissionUrl(record.origin, record.id),
    },
    known_at,
    waiting,
    ...(waiting && { later_changes: isChanged }),
    comments,
    ...(kept && { comments_known_at: kept.at }),
    next,
    error: problemJson(error, context),
  };
  output.result(json, (style) => {
    const remarks = remarkLines(context, comments, style);
    return [
      style.strong(cleanLine(title ?? slug)),
      `${post.states[shown]} · ${post.revision(revision)} · ${formatInstant(updated_at, language)}`,
      messages.postChanges.knownAt({ when: formatInstant(known_at, language) }),
      ...(waiting ? [style.warning(post.waiting)] : []),
      ...(isChanged ? [style.warning(messages.upload.laterChanges({ post: slug }))] : []),
      ...(since && !waiting && changeWay(record) !== undefined
        ? [style.warning(messages.postChanges.changedHere({ revision: since }))]
        : []),
      ...remarks,
      ...(kept && remarks.length > 0 && !isLatest
        ? [
            `  ${style.faint(messages.postChanges.remarksKnownAt({ when: formatInstant(kept.at, language) }))}`,
          ]
        : []),
      "",
      post.next,
      ...next.map((step) => `  ${step.startsWith("kominfo") ? style.command(step) : step}`),
    ].join("\n");
  });
  output.failure(error, messages);
  return error.exit;
}
