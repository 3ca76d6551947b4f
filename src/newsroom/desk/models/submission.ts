import type { Comment, Content, Submission } from "../../../contract/contract.js";
import type { ViewContext } from "../types.js";
import { type Block, blocksOf, shorten } from "./article.js";
import { factsOf, formatTime, kecamatanName, kindName, longDay, type Option } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";
import { isUrgent, timesOf } from "./queue.js";
import type { StepForm, StepPanel } from "./steps.js";

export interface Reader {
  id: string;
}

/** What was typed in a form that could not be taken, and what a link asked to remark on. */
export interface CommentDraft {
  /** "p3" or "photo-<sha256>", from a link beside a paragraph or photo. */
  about: string;
  comment: string;
}

export function submissionModel(
  context: ViewContext,
  reader: Reader,
  loaded: LoadedSubmission,
  panel: StepPanel,
  publications: object | null,
  asked: CommentDraft,
): object {
  const { submission, content } = loaded;
  const { desk: messages, post } = context.messages;
  const page = `/submissions/${submission.id}`;
  const here = loaded.revision === submission.revision ? page : `${page}?revision=${loaded.revision}`;
  const blocks = blocksOf(content.body);
  const isOlder = loaded.revision !== submission.revision;
  return {
    news: `/news?since=${loaded.lastChange}&about=${submission.id}`,
    title: content.title,
    state: submission.shown,
    state_name: post.states[submission.shown],
    asked: submission.asked === null ? null : messages.submission.asked[submission.asked],
    urgent: isUrgent(submission),
    times: timesOf(context, submission),
    revision: loaded.revision,
    revision_name: messages.revisionNumber({ n: loaded.revision }),
    facts: headFacts(context, reader, loaded),
    older: isOlder
      ? {
          text: messages.submission.olderRevision({ n: loaded.revision, revision: submission.revision }),
          newest: page,
          compare: `${page}/compare?from=${loaded.revision}&to=${submission.revision}`,
        }
      : null,
    merged_into: submission.merged_into === null ? null : `/submissions/${submission.merged_into}`,
    approval: approvalOf(context, submission),
    article: articleOf(context, loaded, blocks, here),
    photos: photosOf(context, loaded, here),
    channel_texts: Object.entries(content.channel_texts).flatMap(([channel, text]) =>
      text
        ? {
            name: messages.channels[channel as keyof typeof messages.channels] ?? channel,
            text,
            length: messages.submission.letters({ count: [...text].length }),
          }
        : [],
    ),
    summary: content.summary ?? null,
    internal: answersOf(content.internal),
    answers: answersOf(content.answers),
    ...panel,
    publications,
    comments: loaded.comments.map((comment) => commentOf(context, reader, loaded, blocks, comment)),
    comment_form: {
      action: `${page}/comments`,
      keep: `${submission.id}:comment`,
      typed: asked.comment,
      abouts: aboutOptions(context, content, blocks, asked.about),
    },
    history: historyOf(context, loaded),
    compare:
      submission.revision > 1
        ? `${page}/compare?from=${Math.max(1, loaded.revision - 1)}&to=${loaded.revision === 1 ? submission.revision : loaded.revision}`
        : null,
  };
}

function headFacts(context: ViewContext, reader: Reader, { submission }: LoadedSubmission) {
  const messages = context.messages.desk.submission;
  const claimer = submission.claimed_by;
  return factsOf([
    [messages.from, `${submission.author.name}, ${kecamatanName(submission.kecamatan)}`],
    [context.messages.desk.fields.kind, kindName(context.messages, submission.kind)],
    [messages.received, formatTime(context, submission.received_at)],
    [
      messages.reviewedBy,
      submission.state === "in_review" &&
        (claimer?.id === reader.id ? messages.you : (claimer?.name ?? messages.nobody)),
    ],
    [messages.contributors, submission.contributors.map(({ name }) => name).join(", ")],
  ]);
}

function approvalOf(context: ViewContext, { approval }: Submission) {
  if (!approval) return null;
  const messages = context.messages.desk;
  const { by, at, revision, destinations, channels, not_before, note } = approval;
  return {
    by: messages.submission.approvedBy({ who: by.name, when: formatTime(context, at), revision }),
    where: [
      ...destinations.map((destination) => messages.destinations[destination]),
      ...channels.map((channel) => messages.channels[channel]),
    ].join(", "),
    not_before:
      not_before === null ? null : messages.submission.notBefore({ when: formatTime(context, not_before) }),
    note,
  };
}

function articleOf(context: ViewContext, loaded: LoadedSubmission, blocks: readonly Block[], here: string) {
  const { content, submission, comments } = loaded;
  const messages = context.messages.desk;
  const lead = content.photos.find((photo) => photo.lead) ?? content.photos[0];
  return {
    category: content.category,
    byline: [
      kecamatanName(submission.kecamatan),
      content.place,
      content.event_date && longDay(context, content.event_date),
    ]
      .filter(Boolean)
      .join(" · "),
    tags: content.tags.map((tag) => `#${tag}`).join(" "),
    lead: lead
      ? {
          src: photoAddress(lead.sha256),
          alt: lead.alt,
          caption: lead.caption,
          credit: lead.credit,
          ...sizeOf(loaded, lead.sha256),
        }
      : null,
    blocks: blocks.map((block) => ({
      ...block,
      remark: `${here}${here.includes("?") ? "&" : "?"}about=p${block.number}`,
      remark_label: messages.submission.remarkOn({ to: messages.paragraphNumber({ n: block.number }) }),
      ...remarksOn(context, comments, (comment) => isOnParagraph(comment, loaded.revision, block.number)),
    })),
  };
}

function photosOf(context: ViewContext, loaded: LoadedSubmission, here: string) {
  const { review, desk } = context.messages;
  return loaded.content.photos.map((photo, index) => {
    const name = desk.photoNumber({ n: index + 1 });
    const about = `photo-${photo.sha256}`;
    return {
      name,
      about,
      anchor: about,
      src: photoAddress(photo.sha256),
      ...sizeOf(loaded, photo.sha256),
      filename: photo.filename,
      lead: photo.lead ? review.lead : null,
      facts: factsOf([
        [review.caption, photo.caption],
        [review.alt, photo.alt],
        [review.credit, photo.credit],
        [review.children, review.childrenStates[photo.children]],
      ]),
      remark: `${here}${here.includes("?") ? "&" : "?"}about=${about}`,
      remark_label: desk.submission.remarkOn({ to: name }),
      ...remarksOn(
        context,
        loaded.comments,
        (comment) =>
          comment.anchor !== null && "photo" in comment.anchor && comment.anchor.photo === photo.sha256,
      ),
    };
  });
}

function isOnParagraph({ anchor, revision }: Comment, shown: number, paragraph: number): boolean {
  return revision === shown && anchor !== null && "paragraph" in anchor && anchor.paragraph === paragraph;
}

/** How many remarks there are on a part, and the first of them. */
function remarksOn(context: ViewContext, comments: readonly Comment[], isOn: (comment: Comment) => boolean) {
  const on = comments.filter(isOn);
  const first = on[0];
  return {
    remarks: first ? context.messages.desk.submission.remarksHere({ count: on.length }) : null,
    first: first ? `c-${first.id}` : "",
  };
}

function commentOf(
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

/** The part that a comment points at, in the revision that it was said of: in another the third paragraph may be another. */
function partOf(
  context: ViewContext,
  loaded: LoadedSubmission,
  blocks: readonly Block[],
  { anchor, revision }: Comment & { anchor: NonNullable<Comment["anchor"]> },
) {
  const messages = context.messages.desk;
  const isHere = revision === loaded.revision;
  const page = isHere ? "" : `/submissions/${loaded.submission.id}?revision=${revision}`;
  if ("photo" in anchor) {
    const index = loaded.content.photos.findIndex((photo) => photo.sha256 === anchor.photo);
    const photo = loaded.content.photos[index];
    // A photo is itself in every revision that has it.
    return photo
      ? {
          name: `${messages.photoNumber({ n: index + 1 })}: ${photo.filename}`,
          href: `#photo-${anchor.photo}`,
        }
      : { name: messages.submission.photos, href: isHere ? null : `${page}#photo-${anchor.photo}` };
  }
  const name = messages.paragraphNumber({ n: anchor.paragraph });
  const block = blocks[anchor.paragraph - 1];
  if (isHere)
    return { name: block ? `${name}: ${block.start}` : name, href: block ? `#p${anchor.paragraph}` : null };
  return { name, href: `${page}#p${anchor.paragraph}` };
}

function aboutOptions(
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

/** Steps and revisions in one line of time, oldest first; a step that sent a revision is one entry with it. */
function historyOf(context: ViewContext, { history, revisions, submission }: LoadedSubmission) {
  const messages = context.messages.desk;
  const page = `/submissions/${submission.id}`;
  const sent = new Map(revisions.map((revision) => [`${revision.at} ${revision.author.id}`, revision]));
  const revisionLink = (number: number) => ({
    href: number === submission.revision ? page : `${page}?revision=${number}`,
    link: messages.revisionNumber({ n: number }),
  });
  const steps = history.map((step) => {
    const revision = sent.get(`${step.at} ${step.by.id}`);
    if (revision) sent.delete(`${step.at} ${step.by.id}`);
    return {
      kind: "step",
      who: step.by.name,
      what: step.assignee
        ? messages.submission.handedTo({ who: step.assignee.name })
        : (messages.stepDone[step.step] ?? step.step),
      reason: step.reason ?? revision?.message ?? null,
      iso: step.at,
      when: formatTime(context, step.at),
      ...(revision ? revisionLink(revision.number) : { href: null, link: "" }),
    };
  });
  const versions = [...sent.values()].map((revision) => ({
    kind: "revision",
    who: revision.author.name,
    what: messages.submission.revised,
    reason: revision.message,
    iso: revision.at,
    when: formatTime(context, revision.at),
    ...revisionLink(revision.number),
  }));
  return [...steps, ...versions].sort((a, b) => (a.iso < b.iso ? -1 : a.iso > b.iso ? 1 : 0));
}

export function photoAddress(sha256: string): string {
  return `/photos/${sha256}`;
}

function sizeOf(
  { sizes }: LoadedSubmission,
  sha256: string,
): { width: number | null; height: number | null } {
  return sizes.get(sha256) ?? { width: null, height: null };
}

function answersOf(answers: Content["internal"]): { name: string; value: string }[] {
  return Object.entries(answers).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
    return text === "" ? [] : { name: name.replaceAll("_", " "), value: text };
  });
}

export type { StepForm as Typed };
