import { type ChannelName, channelLabel } from "../../../channels/registry.js";
import { textOf } from "../../../channels/sending/text.js";
import { captionOf } from "../../../channels/web/caption.js";
import { pastedBody } from "../../../channels/web/paste.js";
import type { Outlet, Publication, Rendering } from "../../../contract/contract.js";
import { cancelledReason } from "../../../contract/failure-codes.js";
import { explainReason } from "../../../language/explain-reason.js";
import { leadingState, type Ready, type ReadyRow } from "../../services/publishing/ready.js";
import type { QueueCursor } from "../../store/submissions/queue.js";
import { channelFileName } from "../../uploads/channel-photos.js";
import type { ViewContext } from "../types.js";
import { accountName } from "./accounts.js";
import { factsOf, formatTime, kecamatanName, kecamatanOptions } from "./format.js";

/** The parsed address of the list. */
export interface ReadyQuery {
  /** "" for all. */
  kecamatan: string;
  after: QueueCursor | undefined;
}

/** Parses the query of the list's address. Invalid values count as absent. */
export function parseReadyQuery(query: Readonly<Record<string, unknown>>): ReadyQuery {
  const text = (name: string) => (typeof query[name] === "string" ? query[name].slice(0, 100) : "");
  const after = /^[0-9a-f-]{36}$/.test(text("after")) ? text("after") : undefined;
  return {
    kecamatan: /^\d{2}\.\d{2}\.\d{2}$/.test(text("kecamatan")) ? text("kecamatan") : "",
    after: after === undefined ? undefined : { rank: 1, id: after },
  };
}

function readyAddress({ kecamatan, after }: ReadyQuery): string {
  const parts = new URLSearchParams();
  if (kecamatan) parts.set("kecamatan", kecamatan);
  if (after) parts.set("after", after.id);
  return parts.size > 0 ? `/ready?${parts}` : "/ready";
}

/** The list of what is approved. @param seesAll whether the reader sees every kecamatan */
export function readyListModel(
  context: ViewContext,
  query: ReadyQuery,
  rows: readonly ReadyRow[],
  next: QueueCursor | undefined,
  seesAll: boolean,
): object {
  const messages = context.messages.desk;
  return {
    rows: rows.map(({ submission, release, channels }) => {
      const remaining = channels.filter(({ state }) => state !== "published");
      return {
        href: `/ready/${submission.id}`,
        title: submission.title,
        facts: [
          ...(seesAll ? [kecamatanName(submission.kecamatan)] : []),
          submission.author.name,
          ...(submission.photos > 0 ? [messages.queue.photos({ count: submission.photos })] : []),
        ].join(" · "),
        iso: submission.received_at,
        received: formatTime(context, submission.received_at),
        waits: release > context.now ? messages.ready.from({ when: timeOf(context, release) }) : null,
        remaining:
          remaining.length === 0
            ? messages.ready.allOut
            : messages.ready.remaining({ count: remaining.length, total: channels.length }),
        is_done: remaining.length === 0,
        channels: channels.map(({ channel, state }) => ({
          label: channelLabel(channel),
          state: state ?? "open",
          state_name: stateName(context, state),
        })),
      };
    }),
    kecamatan: seesAll ? kecamatanOptions(query.kecamatan) : null,
    clear: query.kecamatan ? "/ready" : null,
    next: next ? readyAddress({ ...query, after: next }) : null,
    first: query.after ? readyAddress({ ...query, after: undefined }) : null,
  };
}

function stateName({ messages }: ViewContext, state: Publication["state"] | null): string {
  return state === null ? messages.desk.ready.stillOpen : messages.desk.publication.states[state];
}

/** An editor has taken back the plan: nothing has gone wrong. */
function isCancelled({ state, reason }: Publication): boolean {
  return state === "failed" && reason === cancelledReason;
}

function timeOf(context: ViewContext, instant: Date): string {
  return formatTime(context, instant.toISOString());
}

/** What was typed into a form that was refused. */
export interface TypedLink {
  channel: string;
  url: string;
  account: string;
  published_at: string;
}

/** What is ready of one submission: a card for each channel. */
export function readyModel(context: ViewContext, ready: Ready, typed: TypedLink | null): object {
  const messages = context.messages.desk.ready;
  const { submission, hindrance, release, may_record } = ready;
  const { approval } = submission;
  const mayBeOut = release <= context.now;
  return {
    submission: `/submissions/${submission.id}`,
    facts: factsOf([
      [context.messages.desk.queue.kecamatan, kecamatanName(submission.kecamatan)],
      [
        messages.approved,
        approval &&
          context.messages.desk.submission.approvedBy({
            who: approval.by.name,
            when: formatTime(context, approval.at),
            revision: approval.revision,
          }),
      ],
      [
        messages.destinations,
        approval?.destinations.map((name) => context.messages.desk.destinations[name]).join(", "),
      ],
    ]),
    note: approval?.note ?? null,
    hindrance: hindrance && messages.hindrances[hindrance],
    warning: ready.warns_of_request ? messages.stoppedForOthers : null,
    freeze: hindrance === "not-frozen" && may_record ? `/ready/${submission.id}/freeze` : null,
    waits: approval && !mayBeOut ? messages.waits({ when: timeOf(context, release) }) : null,
    read_only: approval && !may_record ? messages.readOnly : null,
    channels: channelsOf(ready).map((channel) => channelModel(context, ready, channel, mayBeOut, typed)),
  };
}

/** The channels of the approval; of a withdrawn one those where something is known. */
function channelsOf({ submission }: Ready): string[] {
  return submission.approval?.channels ?? [...new Set(submission.publications.map(({ channel }) => channel))];
}

function channelModel(
  context: ViewContext,
  ready: Ready,
  channel: string,
  mayBeOut: boolean,
  typed: TypedLink | null,
): object {
  const messages = context.messages.desk.ready;
  const { submission, revision, may_record } = ready;
  const publications = submission.publications.filter((one) => one.channel === channel);
  const current = publications.filter((one) => one.revision === revision);
  const state = leadingState(current);
  const earlier = publications.findLast((one) => one.revision < revision && one.state === "published");
  const rendering = ready.renderings.find((one) => one.channel === channel);
  const recorded = typed?.channel === channel ? typed : null;
  return {
    name: channel,
    label: channelLabel(channel),
    state: state ?? "open",
    state_name:
      state === "failed" && current.every(isCancelled)
        ? context.messages.desk.plan.cancelled
        : stateName(context, state),
    publications: publications.map((one) => publicationModel(context, one, revision)),
    corrects: earlier && state !== "published" ? messages.corrects : null,
    correction_url: earlier && state !== "published" ? linkOf(earlier) : null,
    // Whoever may not bring it there reads it, and gets no tools for it.
    tools: may_record,
    ...(rendering ? renderedModel(context, ready, rendering) : { texts: [], photos: [], share: null }),
    record:
      submission.approval && may_record && mayBeOut
        ? {
            action: `/ready/${submission.id}/${channel}/publications`,
            typed: recorded ?? { url: "", account: "", published_at: "" },
            accounts: accountsOf(context, ready.outlets, channel, recorded?.account),
            wrong: recorded !== null,
            more: recorded !== null && recorded.account + recorded.published_at !== "",
            // What is out already may be out on another account, too.
            folded: state === "published" && recorded === null,
          }
        : null,
  };
}

/**
 * The accounts that a link may be on, by their names; null where none is announced, and a name is typed. The only one is chosen already:
 * what is planned on it is then not sent again.
 */
function accountsOf(
  { messages }: ViewContext,
  outlets: readonly Outlet[],
  channel: string,
  typed: string | undefined,
): object[] | null {
  const of = outlets.filter((outlet) => outlet.channel === channel);
  if (of.length === 0) return null;
  const chosen = typed ?? (of.length === 1 ? of[0]?.account : "");
  return [
    { value: "", label: messages.desk.ready.otherAccount, selected: false },
    ...of.map((outlet) => ({
      value: outlet.account,
      label: accountName(outlet),
      selected: outlet.account === chosen,
    })),
  ];
}

/** What keeps a person from bringing it there by hand, or asks them to remove it; null where nothing does. */
function hintFor(
  context: ViewContext,
  { state, account, scheduled_for, take_down, revision }: Publication,
  current: number,
): string | null {
  const { ready } = context.messages.desk;
  if (state === "unclear" || state === "publishing") return ready.undecided;
  if (take_down) return ready.goes;
  if (revision !== current) return null;
  if (state === "handed_over") return ready.handedOver;
  if (state === "scheduled" && scheduled_for !== null) {
    return ready.willSend({ when: formatTime(context, scheduled_for) });
  }
  return state === "planned" && account !== "" ? ready.isPlanned : null;
}

function publicationModel(context: ViewContext, publication: Publication, revision: number): object {
  const { desk: messages } = context.messages;
  const instant = publication.unpublished_at ?? publication.published_at ?? publication.scheduled_for;
  return {
    state: publication.state,
    state_name: isCancelled(publication)
      ? messages.plan.cancelled
      : messages.publication.states[publication.state],
    account: publication.account,
    when: instant ? formatTime(context, instant) : "",
    url: linkOf(publication),
    revision: publication.revision === revision ? null : messages.revisionNumber({ n: publication.revision }),
    reason: isCancelled(publication)
      ? messages.plan.cancelledBy
      : publication.reason &&
        (explainReason(context.messages, publication.reason, {
          ...publication,
          name: channelLabel(publication.channel),
        }) ??
          publication.reason),
    held: publication.held
      ? messages.publication.held({
          who: publication.held.by.name,
          until: formatTime(context, publication.held.until),
        })
      : null,
    hint: hintFor(context, publication, revision),
  };
}

/** The address of a publication, if a browser may follow it. */
function linkOf({ url }: Publication): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

function renderedModel(context: ViewContext, ready: Ready, rendering: Rendering) {
  const messages = context.messages.desk.ready;
  const { channel, photos } = rendering;
  const base = `/ready/${ready.submission.id}/${channel}/photos`;
  const texts = textsOf(context, ready, rendering);
  const name = (n: number) => channelFileName(channel, String(n), ready.slug, "jpg");
  const textOfPhoto = (id: string, label: string, text: string) =>
    text === "" ? null : { id, label, text, rows: 2, copy: messages.copy({ what: label }) };
  return {
    article: rendering.article
      ? factsOf([
          [context.messages.desk.fields.category, rendering.article.category],
          [context.messages.desk.fields.tags, rendering.article.tags.join(", ")],
        ])
      : null,
    texts,
    text_hint: hintOf(context, ready, rendering),
    photos: photos.map((photo, index) => ({
      name: context.messages.desk.photoNumber({ n: index + 1 }),
      src: `${base}/${index + 1}.jpg`,
      save: `${base}/${index + 1}.jpg?save`,
      save_label: messages.saveOne({ n: index + 1 }),
      file: name(index + 1),
      alt: photo.alt,
      alt_text: textOfPhoto(`alt-${channel}-${index + 1}`, messages.altOf({ n: index + 1 }), photo.alt),
      // Elsewhere the caption has no place of its own.
      caption_text: textOfPhoto(
        `caption-${channel}-${index + 1}`,
        messages.captionOf({ n: index + 1 }),
        rendering.article ? captionOf(photo) : "",
      ),
      width: photo.width,
      height: photo.height,
    })),
    photos_label: messages.photosLabel({ count: photos.length }),
    zip: photos.length > 0 ? `${base}.zip` : null,
    left_out: rendering.left_out.length > 0 ? messages.leftOut({ count: rendering.left_out.length }) : null,
    share:
      photos.length > 0
        ? JSON.stringify(
            photos.map((_, index) => ({ src: `${base}/${index + 1}.jpg`, name: name(index + 1) })),
          )
        : null,
    share_text: texts.at(-1)?.id ?? "",
  };
}

/** The texts of a channel, each as it is copied. The last one is what is shared. */
function textsOf(context: ViewContext, ready: Ready, rendering: Rendering) {
  const messages = context.messages.desk.ready;
  const text = (part: string, label: string, value: string, copy: string) => ({
    id: `text-${rendering.channel}${part}`,
    label,
    text: value,
    rows: Math.min(14, Math.max(2, value.split("\n").length + Math.ceil(value.length / 60))),
    copy,
    primary: true,
  });
  if (rendering.article) {
    const { title, summary } = rendering.article;
    const { blocks, plain } = pastedBody(rendering);
    return [
      text("-title", messages.webTitle, title, messages.copyTitle),
      ...(summary ? [text("-summary", messages.webSummary, summary, messages.copySummary)] : []),
      text("-blocks", messages.webBlocks, blocks, messages.copyBlocks),
      text("", messages.webPlain, plain, messages.copyText),
    ];
  }
  const link = rendering.link?.when === "known" ? articleLink(ready) : null;
  return [text("", messages.text, textOf({ rendering, link }), messages.copyText)];
}

function hintOf(
  { messages }: ViewContext,
  ready: Ready,
  { channel, link, article }: Rendering,
): string | null {
  if (article) return messages.desk.ready.webHint;
  const needsWeb = link?.when === "known" && ready.submission.approval?.channels.includes("web");
  return needsWeb && channel !== "web" && articleLink(ready) === null ? messages.desk.ready.webFirst : null;
}

/** The article's address, once it is out. */
function articleLink({ submission }: Ready): string | null {
  const article = submission.publications.findLast(
    (one) =>
      one.channel === ("web" satisfies ChannelName) && one.state === "published" && linkOf(one) !== null,
  );
  return article ? linkOf(article) : null;
}
