export const apiPath = "/api/v1";

/** URL of a submission at the newsroom of this origin. */
export function submissionUrl(origin: string, id: string): string {
  return `${origin}${apiPath}/submissions/${id}`;
}

/** The page of a submission at the newsroom's desk, which people open in a browser. */
export function deskPage(origin: string, id: string): string {
  return `${origin}/submissions/${id}`;
}

/** How long after its time a scheduled publication is still sent without asking anybody, in ms. */
export const lateMs = 3 * 60 * 60 * 1000;

export const clientHeader = "kominfo-client";

/** Limits in bytes, pixels or counts. `GET /api/v1` publishes all of them. */
export const limits = {
  body_bytes: 1024 * 1024,
  /** Values in a JSON body, lists and objects included, unless its endpoint declares more. */
  values_per_body: 2000,
  photo_bytes: 20 * 1024 * 1024,
  /** Width times height. What `kominfo` sends has 4.2 million at most; scripts may send what a phone makes. */
  photo_pixels: 50_000_000,
  /** Of a progressive JPEG, an interlaced PNG and any WebP, which take 6 to 8 bytes of memory a pixel to decode. */
  photo_pixels_progressive: 16_000_000,
  /** Photos that wait to be decoded; one is decoded at a time. */
  photos_waiting: 64,
  photos_per_submission: 30,
  /** Lines of a text's body that are not blank. At 50 letters a line, the longest body has as many. */
  lines_per_body: 4000,
  revisions_per_submission: 200,
  comments_per_submission: 500,
  publications_per_submission: 200,
  /** Attempts to send one publication. */
  attempts_per_publication: 100,
  /** Accounts that machines announce for a kecamatan, or for the kabupaten. */
  outlets_per_owner: 50,
  hashes_per_question: 5000,
  /** Of photos of one person that are in no submission and no album yet, those on their way included. */
  unattached_bytes: 500 * 1024 * 1024,
  unattached_files: 2000,
  /** Uploads of one person that were begun and not finished. */
  unfinished_uploads: 200,
  /** Uploads of one person that are being sent. */
  uploads_at_once: 8,
  /** What one person may write in 24 hours: some 1,500 posts of 20 kB. Each change counts as 500 bytes more. */
  text_bytes_per_day: 32 * 1024 * 1024,
  /** What a kecamatan may add to its albums in 30 days. */
  album_bytes_per_month: 10 * 1024 * 1024 * 1024,
  album_photos_per_month: 25_000,
  page_items: 100,
  album_photos: 5000,
  album_photos_per_call: 500,
} as const;
