import type { OutPublication } from "../../../contract/contract.js";
import { outStates } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import { inScope, type Scope } from "../scope.js";
import type { Slice } from "../slice.js";
import { publicationsOf, withPublisher } from "./publications.js";

/** What may still be out: a submission, one of its revisions, or a photo in whatever revision. */
export type ShownTarget = { submission: string; revision?: number } | { sha256: string };

/**
 * Lists the publications that readers see or may see of a submission, a revision or a photo, within a scope, oldest first. Of a photo it names
 * every publication whose revision has it, also where a channel has left it out: a website keeps what was uploaded.
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
    .limit(limit);
  if (after !== undefined) query = query.where("publications.id", ">", after);
  if ("sha256" in target) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom("photo_references")
          .select("photo_references.sha256")
          .where("photo_references.sha256", "=", target.sha256)
          .whereRef("photo_references.submission_id", "=", "publications.submission_id")
          .whereRef("photo_references.revision", "=", "publications.revision"),
      ),
    );
  } else {
    query = query.where("publications.submission_id", "=", target.submission);
    if (target.revision !== undefined) query = query.where("publications.revision", "=", target.revision);
  }
  const rows = await query.execute();
  const publications = await publicationsOf(store, rows, now);
  return publications.map((publication, at) => {
    const { submission_id, kecamatan, title, label } = rows[at]!;
    return { ...publication, label, submission: { id: submission_id, kecamatan, title } };
  });
}
