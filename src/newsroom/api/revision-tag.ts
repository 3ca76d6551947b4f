import type { FastifyRequest } from "fastify";
import type { Submission } from "../../contract/contract.js";
import { sha256 } from "../../files/hash.js";
import { tagsInCodings } from "../http/content-coding.js";
import { isHeld, strongTags } from "../http/entity-tags.js";
import { problem } from "../services/problem.js";
import type { RevisionsRead } from "../services/submissions/view.js";

/** Length of the part of a tag that is hashed, in hex digits. */
const hashedLength = 12;

/** The tag that a write answers with: it names the revision, for If-Match, and no representation. */
export function tagOfRevision({ revision }: Submission): string {
  return `"r${revision}"`;
}

/**
 * The strong ETag of a submission as its reader sees it, `"r<revision>.<hash>"`. What is hashed is the representation
 * itself: a claim, a comment on a publication or a new name changes it without a new revision, and two readers of
 * different roles see different ones.
 */
export function tagOf(submission: Submission): string {
  return `"r${submission.revision}.${sha256(JSON.stringify(submission)).slice(0, hashedLength)}"`;
}

/**
 * The revisions that an If-Match names, `any` for `*`; undefined without the header. `"r3"` and the tag of any
 * representation of revision 3 name the same: what was read is the revision. The comparison is strong (RFC 9110, 13.1.1),
 * so a weak tag names none.
 */
export function revisionsRead({ headers }: FastifyRequest): RevisionsRead | undefined {
  const header = headers["if-match"];
  if (header === undefined) return undefined;
  const tags = strongTags(header);
  if (tags === "*") return "any";
  return tags.flatMap((tag) => {
    const [, revision] = /^"r([1-9]\d{0,8})(?:\.[\w.-]+)?"$/.exec(tag) ?? [];
    return revision === undefined ? [] : [Number(revision)];
  });
}

/**
 * Throws `precondition-failed` if If-None-Match names what the submission is now, or `*`: who writes on that condition
 * wants to make what is not there yet (RFC 9110, 13.1.2).
 */
export function requireNotHeld({ headers }: FastifyRequest, submission: Submission): void {
  const shown = tagsInCodings(tagOf(submission));
  if (isHeld(headers, tagOfRevision(submission), ...shown)) throw problem("precondition-failed");
}
