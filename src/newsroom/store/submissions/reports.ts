import type { Store } from "../database/open.js";

/** A span of time, without `until`, and the kecamatan to report on; undefined for all. */
interface Span {
  from: string;
  until: string;
  kecamatan: string | undefined;
}

/** One submission that arrived, was decided, took a step or was published in the span. */
interface ReportRow {
  id: string;
  kecamatan: string;
  kind: string;
}

const columns = ["submissions.id", "submissions.kecamatan", "submissions.kind"] as const;

/** Submissions that arrived in the span. */
export async function arrivals(store: Store, { from, until, kecamatan }: Span): Promise<ReportRow[]> {
  let query = store
    .selectFrom("submissions")
    .select(columns)
    .where("received_at", ">=", from)
    .where("received_at", "<", until);
  if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
  return query.execute();
}

/** Submissions decided in the span, with their times of arrival and decision. */
export async function decisions(
  store: Store,
  { from, until, kecamatan }: Span,
): Promise<(ReportRow & { received_at: string; decided_at: string | null })[]> {
  let query = store
    .selectFrom("submissions")
    .select([...columns, "received_at", "decided_at"])
    .where("decided_at", ">=", from)
    .where("decided_at", "<", until);
  if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
  return query.execute();
}

/** Submissions that changed state in the span: one row per submission and new state. */
export async function outcomes(
  store: Store,
  { from, until, kecamatan }: Span,
): Promise<(ReportRow & { to_state: string })[]> {
  let query = store
    .selectFrom("transitions")
    .innerJoin("submissions", "submissions.id", "transitions.submission_id")
    .select([...columns, "transitions.to_state"])
    .distinct()
    .where("transitions.at", ">=", from)
    .where("transitions.at", "<", until)
    .whereRef("transitions.from_state", "!=", "transitions.to_state");
  if (kecamatan !== undefined) query = query.where("submissions.kecamatan", "=", kecamatan);
  return query.execute();
}

/** Submissions published in the span and not unpublished since: one row per submission and channel. */
export async function published(
  store: Store,
  { from, until, kecamatan }: Span,
): Promise<(ReportRow & { channel: string })[]> {
  let query = store
    .selectFrom("publications")
    .innerJoin("submissions", "submissions.id", "publications.submission_id")
    .select([...columns, "publications.channel"])
    .distinct()
    .where("publications.state", "=", "published")
    .where("publications.published_at", ">=", from)
    .where("publications.published_at", "<", until);
  if (kecamatan !== undefined) query = query.where("submissions.kecamatan", "=", kecamatan);
  return query.execute();
}

/**
 * Lists every kind that was ever submitted. Skips from kind to kind in the index, because there are few kinds and many
 * posts.
 */
export async function listKinds(store: Store, kecamatan: string | undefined): Promise<string[]> {
  const kinds: string[] = [];
  for (let last = ""; ; ) {
    let query = store
      .selectFrom("submissions")
      .select((of) => of.fn.min("kind").as("kind"))
      .where("kind", ">", last);
    if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
    const next = (await query.executeTakeFirst())?.kind;
    if (!next) return kinds;
    kinds.push(next);
    last = next;
  }
}
