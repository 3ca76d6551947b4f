import type { Comment, Content } from "../../../contract/contract.js";
import { type Block, shorten } from "../../texts/article.js";
import type { ViewContext } from "../types.js";
import { formatTime, type Option } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

export interface Reader {
  id: string;
}

/** The comment form: its text if it was refused, and the part to comment on. */
export interface CommentDraft {
  /** "p3" or "photo-<sha256>", from the link beside a paragraph or photo. */
  about: string;
  comment: string;
}

export function commentOf(
  context: ViewContext,
  reader: Reader,
  loaded: LoadedSubmission,
  blocks: readonly Block[],
  comment: Comment,
) {
  const messages = context.messages.desk;
  return {
    anchor: `c-${comment.id}`,
    author: comment.author.name,
    mine: comment.author.id === reader.id,
    iso: comment.at,
    when: formatTime(context, comment.at),
    revision: messages.submission.onRevision({ n: comment.revision }),
    about:
      comment.anchor === null
        ? null
        : partOf(context, loaded, blocks, { ...comment, anchor: comment.anchor }),
    body: comment.body,
  };
}

/** The part that a comment refers to. It links to the comment's revision, because paragraph numbers differ between revisions. */
function partOf(
  context: ViewContext,
  loaded: LoadedSubmission,
  blocks: readonly Block[],
  { anchor, revision }: Comment & { anchor: NonNullable<Comment["anchor"]> },
) {
  const messages = context.messages.desk;
  const isCurrentPage = revision === loaded.revision;
  const page = isCurrentPage ? "" : `/submissions/${loaded.submission.id}?revision=${revision}`;
  if ("photo" in anchor) {
    const index = loaded.content.photos.findIndex((photo) => photo.sha256 === anchor.photo);
    const photo = loaded.content.photos[index];
    // A photo is identified by its hash, so the link works in every revision that has it.
    return photo
      ? {
          name: `${messages.photoNumber({ n: index + 1 })}: ${photo.filename}`,
          href: `#photo-${anchor.photo}`,
        }
      : { name: messages.submission.photos, href: isCurrentPage ? null : `${page}#photo-${anchor.photo}` };
  }
  const name = messages.paragraphNumber({ n: anchor.paragraph });
  const block = blocks[anchor.paragraph - 1];
  if (isCurrentPage)
    return { name: block ? `${name}: ${block.start}` : name, href: block ? `#p${anchor.paragraph}` : null };
  return { name, href: `${page}#p${anchor.paragraph}` };
}

export function aboutOptions(
  context: ViewContext,
  content: Content,
  blocks: readonly Block[],
  selected: string,
): Option[] {
  const messages = context.messages.desk;
  const option = (value: string, label: string) => ({ value, label, selected: value === selected });
  return [
    option("", messages.submission.whole),
    ...blocks.map((block) =>
      option(
        `p${block.number}`,
        `${messages.paragraphNumber({ n: block.number })}: ${shorten(block.start, 40)}`,
      ),
    ),
    ...content.photos.map((photo, index) =>
      option(
        `photo-${photo.sha256}`,
        `${messages.photoNumber({ n: index + 1 })}: ${shorten(photo.filename, 40)}`,
      ),
    ),
  ];
}

/** The number of comments on a part, and the anchor of the first. */
export function remarksOn(
  context: ViewContext,
  comments: readonly Comment[],
  isOn: (comment: Comment) => boolean,
) {
  const matching = comments.filter(isOn);
  const first = matching[0];
  return {
    remarks: first ? context.messages.desk.submission.remarksHere({ count: matching.length }) : null,
    first: first ? `c-${first.id}` : "",
  };
}

export function isOnParagraph(
  { anchor, revision }: Comment,
  displayedRevision: number,
  paragraph: number,
): boolean {
  return (
    revision === displayedRevision &&
    anchor !== null &&
    "paragraph" in anchor &&
    anchor.paragraph === paragraph
  );
}
