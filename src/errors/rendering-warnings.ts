/**
 * The parameters of each remark on a rendering, by code; undefined for none. The newsroom stores codes and parameters; whoever
 * shows them says them in the reader's language (`language/<id|en>/rendering.ts`).
 */
export interface WarningParamsByCode {
  /** A text of the operator's own is longer than the channel takes. It is not sent. */
  "too-long": { length: number; limit: number };
  /** The channel publishes nothing without a photo. It is not sent. With parameters: all photos were too small, this one first. */
  "photo-needed": Partial<WarningParamsByCode["photo-too-small"]>;
  /** A photo loses more than a fifth to its crop. */
  crop: { photo: string; percent: number };
  "photos-left-out": { count: number; limit: number };
  /** `width` and `actual` in pixels: what is needed, and what the part that is shown has. An older newsroom does not tell the second. */
  "photo-too-small": { photo: string; width: number; actual?: number };
  "photo-removed": { photo: string };
  /** A photo that is not the office's own names nobody. */
  "credit-missing": { photo: string };
  /** The text has no room for who made the photos. */
  "credit-left-out": { credit: string };
  "alt-missing": { photo: string };
  /** X makes a link of it, which costs. */
  domain: { domain: string };
  /** An invisible character keeps an academic title from becoming a link. */
  "title-kept": { title: string };
  /** The text leaves no room for the article's address. */
  "link-left-out": undefined;
  "hashtags-over": { count: number; limit: number };
  "mentions-over": { count: number; limit: number };
  /** The body names a picture from elsewhere; the website does not show it. */
  "picture-left-out": { address: string };
  /** A link of the body that is no address of the web, of mail or of a telephone. */
  "link-dropped": { address: string };
  /** The website has no category of this name. Told when it is sent: the newsroom does not know the site. */
  "web-category-unknown": { category: string };
  /** The link that was recorded for the article is at none of the office's sites. Told when it is planned and sent: links are recorded later. */
  "article-elsewhere": { host: string };
  /** A post that is out keeps its photos: only its text is corrected. Told where it is known what is out. */
  "corrected-in-place": undefined;
  /** A post that is out goes on showing photos that this revision does not have any more. Told where it is known what is out. */
  "photos-kept": { photos: string };
  /** A correction does not show this photo any more, and the site still gives it. Told when it is sent. */
  "photo-left-at-site": { address: string };
}

/** A stable name of a remark. */
export type WarningCode = keyof WarningParamsByCode;
