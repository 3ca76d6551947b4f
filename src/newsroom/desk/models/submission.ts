import { channelLabel } from "../../../channels/registry.js";
import type { Article } from "../../texts/texts.js";
import type { ViewContext } from "../types.js";
import { aboutOptions, type CommentDraft, commentOf, type Reader } from "./comments.js";
import { answersOf, articleOf, channelTextsOf, photosOf } from "./content.js";
import { factsOf, formatTime, kecamatanName, kindName } from "./format.js";
import { historyOf } from "./history.js";
import type { LoadedSubmission } from "./loaded-submission.js";
import { isUrgent, timesOf } from "./queue.js";
import type { StepPanel } from "./steps.js";

/** The whole page of a submission. */
export function submissionModel(
  context: ViewContext,
  reader: Reader,
  loaded: LoadedSubmission,
  shownArticle: Article,
  panel: StepPanel,
  publications: object | null,
  draft: CommentDraft,
): object {
  const { submission, content } = loaded;
  const { desk: messages, post } = context.messages;
  const page = `/submissions/${submission.id}`;
  const address = loaded.revision === submission.revision ? page : `${page}?revision=${loaded.revision}`;
  const { blocks, shown } = shownArticle;
  const isOlder = loaded.revision !== submission.revision;
  return {
    news: `/news?since=${loaded.lastChange}&about=${submission.id}`,
    title: content.title,
    state: submission.shown,
    state_name: post.states[submission.shown],
    request: submission.asked === null ? null : messages.submission.asked[submission.asked],
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
    approval: approvalOf(context, loaded),
    article: articleOf(context, loaded, blocks, address),
    article_note: shown === "whole" ? null : messages.submission.articleShown[shown],
    photos: photosOf(context, loaded, address),
    channel_texts: channelTextsOf(context, content),
    summary: content.summary ?? null,
    internal: answersOf(content.internal),
    answers: answersOf(content.answers),
    ...panel,
    publications,
    comments: loaded.comments.map((comment) => commentOf(context, reader, loaded, blocks, comment)),
    comment_form: {
      action: `${page}/comments`,
      keep: `${submission.id}:comment`,
      typed: draft.comment,
      abouts: aboutOptions(context, content, blocks, draft.about),
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

function approvalOf(context: ViewContext, { submission: { approval, content } }: LoadedSubmission) {
  if (!approval) return null;
  const { desk: messages, review } = context.messages;
  const { by, at, revision, destinations, channels, not_before, note } = approval;
  return {
    by: messages.submission.approvedBy({ who: by.name, when: formatTime(context, at), revision }),
    targets: [
      ...destinations.map((destination) => messages.destinations[destination]),
      ...channels.map((channel) => channelLabel(channel)),
    ].join(", "),
    not_before:
      not_before === null ? null : messages.submission.notBefore({ when: formatTime(context, not_before) }),
    note,
    photos: approval.photos.map(({ sha256, children, consent }) => {
      const index = content.photos.findIndex((photo) => photo.sha256 === sha256);
      const name = index < 0 ? sha256.slice(0, 8) : messages.photoNumber({ n: index + 1 });
      return `${name}: ${[review.childrenStates[children], ...(consent ? [review.consentOf(consent)] : [])].join("; ")}`;
    }),
    overrides: approval.overrides.map(({ rule, key, quote, reason }) => ({
      what: key === "" ? rule : `${rule} (${key})`,
      quote: quote ?? null,
      reason,
    })),
  };
}
