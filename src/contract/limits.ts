export const apiPath = "/api/v1";

/** URL of a submission at the newsroom of this origin. */
export function submissionUrl(origin: string, id: string): string {
  return `${origin}${apiPath}/submissions/${id}`;
}
export const clientHeader = "kominfo-client";

/** Limits in bytes or counts. `GET /api/v1` publishes all of them. */
export const limits = {
  body_bytes: 1024 * 1024,
  photo_bytes: 20 * 1024 * 1024,
  photos_per_submission: 30,
  revisions_per_submission: 200,
  comments_per_submission: 500,
  publications_per_submission: 200,
  hashes_per_question: 5000,
  unattached_bytes: 500 * 1024 * 1024,
  uploads_at_once: 8,
  page_items: 100,
  album_photos: 5000,
  album_photos_per_call: 500,
} as const;
