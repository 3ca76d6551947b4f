import type { Content, PhotoReference } from "../contract/contract.js";
import { usage } from "../errors/errors.js";
import { isGroup } from "../files/group.js";
import { storableName } from "../files/names.js";
import { writeYesNo } from "../post/front-matter/keys.js";
import { present } from "../post/front-matter/shapes.js";
import { strayKeys } from "../post/front-matter/stray-keys.js";
import { internalInPublic } from "../post/internal-in-public.js";
import type { Manuscript } from "../post/merge/merge.js";
import type { Post, PostPhoto, StoredAnswer } from "../post/types.js";
import { isWholeText } from "../text/decode.js";

/** The file that the newsroom receives for a photo. */
export type RenderedPhoto = Pick<PhotoReference, "sha256" | "source_sha256" | "filename">;

/**
 * Returns the content to send to the newsroom. The post has passed `checkPost(…, "submit")`; what must never be sent is refused once more
 * (`content-unsafe`, exit 2).
 *
 * @param rendered by `file` of the photo
 * @param hashtags of the workspace, without `#`
 */
export function contentOf(
  slug: string,
  post: Post,
  body: string,
  rendered: ReadonlyMap<string, RenderedPhoto>,
  hashtags: readonly string[] = [],
): Content {
  refuseLeaks(post, body);
  const { photos, ...rest } = post;
  const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(fields as Omit<Post, "photos">),
    slug,
    ...(hashtags.length > 0 ? { hashtags: [...hashtags] } : {}),
    photos: photos.map((photo, i) => reference(photo, rendered.get(photo.file)!, isLead(photos, i))),
    body,
  };
}

/**
 * What is sent is built here alone, so what must never be sent is looked for here too, however the post was read: `internal` in what is public,
 * front matter in the body, and texts that have lost letters. Throws `content-unsafe` (exit 2).
 */
function refuseLeaks(post: Post, body: string): void {
  const [leak] = internalInPublic(post, body);
  if (leak) throw usage("content-unsafe", { key: leak.key, reason: "internal" });
  if (strayKeys(body, 1)) throw usage("content-unsafe", { key: "", reason: "keys" });
  const broken = textsIn({ ...post, body }, "").find(([, text]) => !isWholeText(text));
  if (broken) throw usage("content-unsafe", { key: broken[0], reason: "letters" });
}

function textsIn(value: unknown, key: string): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, key ? `${key}.${name}` : name));
}

function reference(photo: PostPhoto, rendered: RenderedPhoto, lead: boolean): PhotoReference {
  const { caption = "", alt = "", credit = "", source, children, focus, blur } = photo;
  const { sha256, source_sha256, filename } = rendered;
  const original = source_sha256 === undefined ? {} : { source_sha256 };
  return {
    ...{
      sha256,
      ...original,
      filename: storableName(filename),
      caption,
      alt,
      credit,
      source,
      children,
      lead,
    },
    ...consentOf(photo),
    ...(focus === undefined ? {} : { focus: pointOf(focus) }),
    ...(blur === undefined || blur.length === 0 ? {} : { blur }),
  };
}

/** A consent belongs to children who are shown with it: `checkPost` has made sure that it is whole. */
function consentOf({
  children,
  consent: { by, date, scope } = {},
}: PostPhoto): Pick<PhotoReference, "consent"> {
  return children === "consented" && by && date && scope ? { consent: { by, date, scope } } : {};
}

/** @param focus as `PostPhoto` has it: "0.5,0.3" */
function pointOf(focus: string): NonNullable<PhotoReference["focus"]> {
  const [x = 0, y = 0] = focus.split(",").map(Number);
  return { x, y };
}

/** The inverse of `pointOf`, to as many places as front matter takes. */
function writePoint({ x, y }: NonNullable<PhotoReference["focus"]>): string {
  return [x, y].map((part) => Number(part.toFixed(6))).join(",");
}

/** The first photo leads when none is chosen. */
function isLead(photos: readonly PostPhoto[], i: number): boolean {
  return photos.some((photo) => photo.lead) ? photos[i]!.lead : i === 0;
}

/**
 * Returns a revision as index.md writes it: the inverse of `contentOf`. Line ends are LF, instants are in WIB, and empty
 * values are absent. The hashtags are the workspace's, so a post has none.
 *
 * @param files the file in the bundle of each photo of the revision
 */
export function manuscriptOf(content: Content, files: readonly string[]): Manuscript {
  const {
    slug: _,
    hashtags: __,
    correction_note,
    body,
    photos,
    answers,
    internal,
    needed_by,
    embargo,
    ...rest
  } = content;
  const lead = photos.findIndex((photo) => photo.lead);
  return {
    post: {
      ...rest,
      ...present({
        correction_note: correction_note || undefined,
        needed_by: needed_by && inWib(needed_by),
        embargo: embargo && inWib(embargo),
      }),
      photos: photos.map(({ caption, alt, credit, source, children, consent, focus, blur }, i) => ({
        file: files[i]!,
        ...present({ caption: caption || undefined, alt: alt || undefined, credit: credit || undefined }),
        ...{ source, children, lead: i === lead && i > 0 },
        ...(consent && { consent }),
        ...(focus && { focus: writePoint(focus) }),
        ...(blur && { blur }),
      })),
      answers: storedAnswers(answers),
      internal: storedAnswers(internal),
    },
    body: body.replace(/\r\n?/g, "\n"),
  };
}

function storedAnswers(answers: Content["answers"]): { [key: string]: StoredAnswer } {
  const stored = (value: unknown): StoredAnswer => {
    if (typeof value === "boolean") return writeYesNo(value);
    if (Array.isArray(value)) return value.map(stored);
    return isGroup(value) ? storedAnswers(value as Content["answers"]) : String(value);
  };
  return Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, stored(value)]));
}

/** "2026-11-22T10:00:00+07:00": whole seconds, as index.md is read. */
function inWib(instant: string): string {
  const wib = new Date(Date.parse(instant) + 7 * 3_600_000);
  return `${wib.toISOString().slice(0, 19)}+07:00`;
}
