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
  { submission, hashes = [] }: ShownTarget,
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
    .where(({ eb, or, and, exists, selectFrom }) =>
      or([
        ...(submission
          ? [
              and([
                eb("publications.submission_id", "=", submission.id),
                ...(submission.revisions ? [eb("publications.revision", "in", submission.revisions)] : []),
              ]),
            ]
          : []),
        ...(hashes.length > 0
          ? [
              exists(
                selectFrom("photo_references")
                  .select("photo_references.sha256")
                  .where("photo_references.sha256", "in", hashes)
                  .whereRef("photo_references.submission_id", "=", "publications.submission_id")
                  .whereRef("photo_references.revision", "=", "publications.revision"),
              ),
            ]
          : []),
      ]),
    )
    .limit(limit);
  if (after !== undefined) query = query.where("publications.id", ">", after);
  const rows = await query.execute();
  const publications = await publicationsOf(store, rows, now);
  return publications.map((publication, at) => {
    const { submission_id, kecamatan, title, label } = rows[at]!;
    return { ...publication, label, submission: { id: submission_id, kecamatan, title } };
  });
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
