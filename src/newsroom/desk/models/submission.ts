import { channelLabel } from "../../../channels/registry.js";
import type { Comment, Content, Submission } from "../../../contract/contract.js";
import type { ViewContext } from "../types.js";
import { type Block, blocksOf, shortened } from "./article.js";
import { factsOf, kecamatanName, kindName, longDay, type Option, when } from "./format.js";
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
  telling: ViewContext,
  reader: Reader,
  known: LoadedSubmission,
  panel: StepPanel,
  publications: object | null,
  asked: CommentDraft,
): object {
  const { submission, content } = known;
  const { messages } = telling;
  const words = messages.desk;
  const page = `/submissions/${submission.id}`;
  const here = known.revision === submission.revision ? page : `${page}?revision=${known.revision}`;
  const blocks = blocksOf(content.body);
  const isOlder = known.revision !== submission.revision;
  return {
    news: `/news?since=${known.lastChange}&about=${submission.id}`,
    title: content.title,
    state: submission.shown,
    state_name: messages.post.states[submission.shown],
    asked: submission.asked === null ? null : words.submission.asked[submission.asked],
    urgent: isUrgent(submission),
    times: timesOf(telling, submission),
    revision: known.revision,
    revision_name: words.revisionNumber({ n: known.revision }),
    facts: headFacts(telling, reader, known),
    older: isOlder
      ? {
          text: words.submission.olderRevision({ n: known.revision, revision: submission.revision }),
          newest: page,
          compare: `${page}/compare?from=${known.revision}&to=${submission.revision}`,
        }
      : null,
    merged_into: submission.merged_into === null ? null : `/submissions/${submission.merged_into}`,
    approval: approvalOf(telling, submission),
    article: articleOf(telling, known, blocks, here),
    photos: photosOf(telling, known, here),
    channel_texts: Object.entries(content.channel_texts).flatMap(([channel, text]) =>
      text
        ? {
            name: channelLabel(channel),
            text,
            length: words.submission.letters({ count: [...text].length }),
          }
        : [],
    ),
    summary: content.summary ?? null,
    internal: answersOf(content.internal),
    answers: answersOf(content.answers),
    ...panel,
    publications,
    comments: known.comments.map((one) => commentOf(telling, reader, known, blocks, one)),
    comment: {
      action: `${page}/comments`,
      keep: `${submission.id}:comment`,
      typed: asked.comment,
      abouts: aboutOptions(telling, content, blocks, asked.about),
    },
    history: historyOf(telling, known),
    compare:
      submission.revision > 1
        ? `${page}/compare?from=${Math.max(1, known.revision - 1)}&to=${known.revision === 1 ? submission.revision : known.revision}`
        : null,
  };
}

function headFacts(telling: ViewContext, reader: Reader, { submission }: LoadedSubmission) {
  const words = telling.messages.desk.submission;
  const claimer = submission.claimed_by;
  return factsOf([
    [words.from, `${submission.author.name}, ${kecamatanName(submission.kecamatan)}`],
    [telling.messages.desk.fields.kind, kindName(telling.messages, submission.kind)],
    [words.received, when(telling, submission.received_at)],
    [
      words.reviewedBy,
      submission.state === "in_review" &&
        (claimer?.id === reader.id ? words.you : (claimer?.name ?? words.nobody)),
    ],
    [words.contributors, submission.contributors.map(({ name }) => name).join(", ")],
  ]);
}

function approvalOf(telling: ViewContext, { approval }: Submission) {
  if (!approval) return null;
  const words = telling.messages.desk;
  const { by, at, revision, destinations, channels, not_before, note } = approval;
  return {
    by: words.submission.approvedBy({ who: by.name, when: when(telling, at), revision }),
    where: [...destinations.map((one) => words.destinations[one]), ...channels.map(channelLabel)].join(", "),
    not_before: not_before === null ? null : words.submission.notBefore({ when: when(telling, not_before) }),
    note,
  };
}

function articleOf(telling: ViewContext, known: LoadedSubmission, blocks: readonly Block[], here: string) {
  const { content, submission, comments } = known;
  const words = telling.messages.desk;
  const lead = content.photos.find((photo) => photo.lead) ?? content.photos[0];
  return {
    category: content.category,
    byline: [
      kecamatanName(submission.kecamatan),
      content.place,
      content.event_date && longDay(telling, content.event_date),
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
          ...sizeOf(known, lead.sha256),
        }
      : null,
    blocks: blocks.map((block) => ({
      ...block,
      remark: `${here}${here.includes("?") ? "&" : "?"}about=p${block.number}`,
      remark_label: words.submission.remarkOn({ to: words.paragraphNumber({ n: block.number }) }),
      ...remarksOn(telling, comments, (one) => isOnParagraph(one, known.revision, block.number)),
    })),
  };
}

function photosOf(telling: ViewContext, known: LoadedSubmission, here: string) {
  const { review, desk } = telling.messages;
  return known.content.photos.map((photo, index) => {
    const name = desk.photoNumber({ n: index + 1 });
    const about = `photo-${photo.sha256}`;
    return {
      name,
      about,
      anchor: about,
      src: photoAddress(photo.sha256),
      ...sizeOf(known, photo.sha256),
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
        telling,
        known.comments,
        (one) => one.anchor !== null && "photo" in one.anchor && one.anchor.photo === photo.sha256,
      ),
    };
  });
}

function isOnParagraph({ anchor, revision }: Comment, shown: number, paragraph: number): boolean {
  return revision === shown && anchor !== null && "paragraph" in anchor && anchor.paragraph === paragraph;
}

/** How many remarks there are on a part, and the first of them. */
function remarksOn(telling: ViewContext, comments: readonly Comment[], isOn: (one: Comment) => boolean) {
  const on = comments.filter(isOn);
  const first = on[0];
  return {
    remarks: first ? telling.messages.desk.submission.remarksHere({ count: on.length }) : null,
    first: first ? `c-${first.id}` : "",
  };
}

function commentOf(
  telling: ViewContext,
  reader: Reader,
  known: LoadedSubmission,
  blocks: readonly Block[],
  one: Comment,
) {
  const words = telling.messages.desk;
  return {
    anchor: `c-${one.id}`,
    author: one.author.name,
    mine: one.author.id === reader.id,
    iso: one.at,
    when: when(telling, one.at),
    revision: words.submission.onRevision({ n: one.revision }),
    about: one.anchor === null ? null : partOf(telling, known, blocks, { ...one, anchor: one.anchor }),
    body: one.body,
  };
}

/** The part that a comment points at, in the revision that it was said of: in another the third paragraph may be another. */
function partOf(
  telling: ViewContext,
  known: LoadedSubmission,
  blocks: readonly Block[],
  { anchor, revision }: Comment & { anchor: NonNullable<Comment["anchor"]> },
) {
  const words = telling.messages.desk;
  const isHere = revision === known.revision;
  const page = isHere ? "" : `/submissions/${known.submission.id}?revision=${revision}`;
  if ("photo" in anchor) {
    const index = known.content.photos.findIndex((photo) => photo.sha256 === anchor.photo);
    const photo = known.content.photos[index];
    // A photo is itself in every revision that has it.
    return photo
      ? { name: `${words.photoNumber({ n: index + 1 })}: ${photo.filename}`, href: `#photo-${anchor.photo}` }
      : { name: words.submission.photos, href: isHere ? null : `${page}#photo-${anchor.photo}` };
  }
  const name = words.paragraphNumber({ n: anchor.paragraph });
  const block = blocks[anchor.paragraph - 1];
  if (isHere)
    return { name: block ? `${name}: ${block.start}` : name, href: block ? `#p${anchor.paragraph}` : null };
  return { name, href: `${page}#p${anchor.paragraph}` };
}

function aboutOptions(
  telling: ViewContext,
  content: Content,
  blocks: readonly Block[],
  selected: string,
): Option[] {
  const words = telling.messages.desk;
  const option = (value: string, label: string) => ({ value, label, selected: value === selected });
  return [
    option("", words.submission.whole),
    ...blocks.map((block) =>
      option(
        `p${block.number}`,
        `${words.paragraphNumber({ n: block.number })}: ${shortened(block.start, 40)}`,
      ),
    ),
    ...content.photos.map((photo, index) =>
      option(
        `photo-${photo.sha256}`,
        `${words.photoNumber({ n: index + 1 })}: ${shortened(photo.filename, 40)}`,
      ),
    ),
  ];
}

/** Steps and revisions in one line of time, oldest first; a step that sent a revision is one entry with it. */
function historyOf(telling: ViewContext, { history, revisions, submission }: LoadedSubmission) {
  const words = telling.messages.desk;
  const page = `/submissions/${submission.id}`;
  const sent = new Map(revisions.map((one) => [`${one.at} ${one.author.id}`, one]));
  const revisionLink = (number: number) => ({
    href: number === submission.revision ? page : `${page}?revision=${number}`,
    link: words.revisionNumber({ n: number }),
  });
  const steps = history.map((one) => {
    const revision = sent.get(`${one.at} ${one.by.id}`);
    if (revision) sent.delete(`${one.at} ${one.by.id}`);
    return {
      kind: "step",
      who: one.by.name,
      what: one.assignee
        ? words.submission.handedTo({ who: one.assignee.name })
        : (words.stepDone[one.step] ?? one.step),
      reason: one.reason ?? revision?.message ?? null,
      iso: one.at,
      when: when(telling, one.at),
      ...(revision ? revisionLink(revision.number) : { href: null, link: "" }),
    };
  });
  const versions = [...sent.values()].map((one) => ({
    kind: "revision",
    who: one.author.name,
    what: words.submission.revised,
    reason: one.message,
    iso: one.at,
    when: when(telling, one.at),
    ...revisionLink(one.number),
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
