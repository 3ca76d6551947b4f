import type { Diagnostic } from "../errors/diagnostics.js";
import { error } from "../files/diagnostic.js";
import { checkPost } from "../post/check.js";
import { today } from "../post/dates.js";
import { checkFacts } from "../post/facts.js";
import { checkLocalApproval } from "../post/local-approval.js";
import type { ReadPost } from "../post/types.js";
import { nearestPhoto, photoFile } from "../workspace/photo-files.js";
import { type Bundle, isFile, readBundle } from "../workspace/posts.js";
import { readState } from "../workspace/state.js";

export interface CheckedBundle extends ReadPost {
  /** Problems that prevent a submission. */
  errors: Diagnostic[];
}

/**
 * Checks a post on disk against the newsroom's requirements for a submission, and against the workspace's own.
 *
 * @param own `requireLocalApproval`: as kominfo.yaml says; `now`: for the time of that approval and for `checkFacts`; absent: the newsroom's requirements only
 */
export async function checkBundle(
  bundle: Bundle,
  own?: { requireLocalApproval: boolean; now: Date },
): Promise<CheckedBundle> {
  const read = await readBundle(bundle);
  // A damaged state is for the command that sends; the text can be checked without it.
  const state = await readState(bundle.state).catch(() => undefined);
  const known = { isOut: state?.submission?.out ?? false };
  const found = read.post ? checkPost(read.post, read.body, "submit", read.lines, known) : [];
  if (read.post && own) found.push(...checkFacts(read.post, read.body, today(own.now), read.lines, own.now));
  if (read.post && own?.requireLocalApproval) {
    found.push(...checkLocalApproval(read.post, own.now, read.lines));
  }
  const missing: Diagnostic[] = [];
  for (const [i, photo] of (read.post?.photos ?? []).entries()) {
    if (await isFile(await photoFile(bundle, photo.file))) continue;
    const key = `foto.${i}.berkas`;
    const near = await nearestPhoto(bundle, photo.file);
    const params = { file: photo.file, ...(near && { nearest: near }) };
    missing.push(error({ key, line: read.lines.get(key) }, "photo-missing", params));
  }
  const problems = [...read.problems, ...found, ...missing].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { ...read, problems, errors: problems.filter((problem) => problem.severity === "error") };
}
