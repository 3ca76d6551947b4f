import type { Content, Override, PhotoAnswer, Rendering, Submission } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import { dropBodiesOf } from "../service/stored-answers.js";

/** What an approval allows and froze. */
export interface FrozenApproval {
  id: string;
  revision: number;
  destinations: NonNullable<Submission["approval"]>["destinations"];
  channels: Rendering["channel"][];
  /** null: to be made when they are first needed. */
  renderings: Rendering[] | null;
}

/**
 * Finds what the newest approval of a submission, or of one of its revisions, froze. The newest of all is valid only while the
 * submission is approved.
 */
export async function findFrozen(
  store: Store,
  submissionId: string,
  revision?: number,
): Promise<FrozenApproval | undefined> {
  let query = store
    .selectFrom("approvals")
    .select(["id", "revision", "destinations", "channels", "renderings"])
    .where("submission_id", "=", submissionId)
    .orderBy("id", "desc");
  if (revision !== undefined) query = query.where("revision", "=", revision);
  const row = await query.executeTakeFirst();
  return (
    row && {
      ...row,
      destinations: JSON.parse(row.destinations),
      channels: JSON.parse(row.channels),
      renderings: row.renderings === null ? null : JSON.parse(row.renderings),
    }
  );
}

export async function keepRenderings(
  store: Store,
  approvalId: string,
  renderings: readonly Rendering[],
): Promise<void> {
  await store
    .updateTable("approvals")
    .set({ renderings: JSON.stringify(renderings) })
    .where("id", "=", approvalId)
    .execute();
}

/**
 * Removes from the approvals of a redacted revision what was made of it and what was said about it: renderings, overrides,
 * and the names of those who consented.
 */
export async function redactApprovalsOf(store: Store, submissionId: string, revision: number): Promise<void> {
  await store
    .updateTable("approvals")
    .set({ overrides: null, photo_answers: null, renderings: null })
    .where("submission_id", "=", submissionId)
    .where("revision", "=", revision)
    .execute();
}

/**
 * Removes a redacted photo from the approvals of a revision: who consented, the overrides about the photo, and the renderings,
 * which are made again without it.
 *
 * @param content of the revision, in which the photo still has its place
 */
export async function removePhotoFromApprovals(
  store: Store,
  submissionId: string,
  revision: number,
  { photos }: Pick<Content, "photos">,
  sha256: string,
): Promise<void> {
  const places = photos.flatMap((photo, index) => (photo.sha256 === sha256 ? [`foto.${index}`] : []));
  const isAbout = ({ key }: Override) => places.some((place) => key === place || key.startsWith(`${place}.`));
  await changeApprovals(store, submissionId, { revision }, ({ overrides, answers }) => ({
    overrides: overrides.filter((override) => !isAbout(override)),
    answers: answers.map((answer) => (answer.sha256 === sha256 ? withoutConsent(answer) : answer)),
    renderings: null,
  }));
}

/**
 * Removes what was said with the approval that this step recorded: overrides and the names of those who consented. Returns
 * whether there was any.
 */
export async function removeAnswers(
  store: Store,
  submissionId: string,
  step: { by_id: string; at: string },
): Promise<boolean> {
  let had = false;
  await changeApprovals(store, submissionId, step, ({ overrides, answers }) => {
    had ||= overrides.length > 0 || answers.some(({ consent }) => consent);
    return { overrides: [], answers: answers.map(withoutConsent) };
  });
  if (had) await dropBodiesOf(store, submissionId);
  return had;
}

/** Replaces the reasons of overrides that are exactly this text. */
export async function replaceOverrideReasons(
  store: Store,
  submissionId: string,
  text: string,
  placeholder: string,
): Promise<void> {
  await changeApprovals(store, submissionId, {}, ({ overrides, answers }) => ({
    overrides: overrides.map((override) =>
      override.reason.trim() === text.trim() ? { ...override, reason: placeholder } : override,
    ),
    answers,
  }));
}

function withoutConsent({ consent: _, ...answer }: PhotoAnswer): PhotoAnswer {
  return answer;
}

/** What an approval says beside its decision. */
interface Said {
  overrides: Override[];
  answers: PhotoAnswer[];
}

/** Changes what the approvals that `where` selects say, and clears their renderings if the change says so. */
async function changeApprovals(
  store: Store,
  submissionId: string,
  where: { revision?: number; by_id?: string; at?: string },
  change: (said: Said) => Said & { renderings?: null },
): Promise<void> {
  let query = store
    .selectFrom("approvals")
    .select(["id", "overrides", "photo_answers"])
    .where("submission_id", "=", submissionId);
  if (where.revision !== undefined) query = query.where("revision", "=", where.revision);
  if (where.by_id !== undefined) query = query.where("by_id", "=", where.by_id);
  if (where.at !== undefined) query = query.where("at", "=", where.at);
  for (const row of await query.execute()) {
    const { overrides, answers, ...rest } = change({
      overrides: JSON.parse(row.overrides ?? "[]"),
      answers: JSON.parse(row.photo_answers ?? "[]"),
    });
    await store
      .updateTable("approvals")
      .set({ overrides: JSON.stringify(overrides), photo_answers: JSON.stringify(answers), ...rest })
      .where("id", "=", row.id)
      .execute();
  }
}
