import type { OutPublication } from "../../../contract/contract.js";
import { outStates } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import { inScope, type Scope } from "../scope.js";
import type { Slice } from "../slice.js";
import { publicationsOf, withPublisher } from "./publications.js";

/** What may still be out: all of a submission, revisions of it, and photos in whatever revision. */
export interface ShownTarget {
  submission?: { id: string; revisions?: readonly number[] };
  hashes?: readonly string[];
}

/**
 * Lists the publications that readers see or may see of any of this, within a scope, each once, oldest first. Of a photo it names every
 * publication whose revision has it, also where a channel has left it out: a website keeps what was uploaded.
 */
export async function findStillOut(
  store: Store,
  target: ShownTarget,
  scope: Scope,
  { after, limit }: Slice,
  now: Date,
): Promise<OutPublication[]> {
  let query = withPublisher(store)
    .innerJoin("submissions", "submissions.id", "publications.submission_id")
    .leftJoin("outlets", (join) =>
      join
        .onRef("outlets.channel", "=", "publications.channel")
        .onRef("outlets.account", "=", "publications.account"),
    )
    .select(["submissions.kecamatan", "submissions.title", "outlets.label"])
    .where("publications.state", "in", outStates)
    .where((where) => inScope(where as never, scope))
    .where("publications.id", "in", shownIn(store, target))
    .limit(limit);
  if (after !== undefined) query = query.where("publications.id", ">", after);
  const rows = await query.execute();
  const publications = await publicationsOf(store, rows, now);
  return publications.map((publication, at) => {
    const { submission_id, kecamatan, title, label } = rows[at]!;
    return { ...publication, label, submission: { id: submission_id, kecamatan, title } };
  });
}

/**
 * The ids of all publications of any of this. Two questions, each of which an index answers: as conditions of one row they are asked of
 * every publication that is out.
 */
function shownIn(store: Store, { submission, hashes = [] }: ShownTarget) {
  const ofPhotos = store
    .selectFrom("photo_references")
    .innerJoin("publications as showing", (join) =>
      join
        .onRef("showing.submission_id", "=", "photo_references.submission_id")
        .onRef("showing.revision", "=", "photo_references.revision"),
    )
    .select("showing.id")
    .where("photo_references.sha256", "in", hashes.length > 0 ? hashes : [""]);
  if (!submission) return ofPhotos;
  let ofSubmission = store
    .selectFrom("publications as own")
    .select("own.id")
    .where("own.submission_id", "=", submission.id);
  if (submission.revisions) ofSubmission = ofSubmission.where("own.revision", "in", submission.revisions);
  return hashes.length > 0 ? ofSubmission.union(ofPhotos) : ofSubmission;
}

/** Counts for each of these photos the publications that readers see or may see of it, within a scope. */
export async function countStillOut(
  store: Store,
  hashes: readonly string[],
  scope: Scope,
): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const rows = await store
    .selectFrom("photo_references")
    .innerJoin("publications", (join) =>
      join
        .onRef("publications.submission_id", "=", "photo_references.submission_id")
        .onRef("publications.revision", "=", "photo_references.revision"),
    )
    .innerJoin("submissions", "submissions.id", "publications.submission_id")
    .select((of) => ["photo_references.sha256", of.fn.count("publications.id").distinct().as("count")])
    .where("photo_references.sha256", "in", hashes)
    .where("publications.state", "in", outStates)
    .where((where) => inScope(where as never, scope))
    .groupBy("photo_references.sha256")
    .execute();
  return new Map(rows.map(({ sha256, count }) => [sha256, Number(count)]));
}
