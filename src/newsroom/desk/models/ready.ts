import { channelLabel } from "../../../channels/registry.js";
import type { Outlet, Publication } from "../../../contract/contract.js";
import { cancelledReason } from "../../../contract/failure-codes.js";
import { explainReason } from "../../../language/explain-reason.js";
import type { Ready } from "../../services/publishing/ready.js";
import { leadingState } from "../../services/publishing/ready-list.js";
import type { ViewContext } from "../types.js";
import { accountName } from "./accounts.js";
import { factsOf, formatTime, kecamatanName } from "./format.js";
import { stateName } from "./ready-list.js";
import { linkOf, renderedModel } from "./ready-texts.js";

/** An editor has taken back the plan: nothing has gone wrong. */
function isCancelled({ state, reason }: Publication): boolean {
  return state === "failed" && reason === cancelledReason;
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
    waits:
      approval && !mayBeOut ? messages.waits({ when: formatTime(context, release.toISOString()) }) : null,
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
  // Nobody brings it there: what was not out yet was stopped.
  const isStopped =
    (ready.hindrance === "stopped" && (state === null || state === "failed")) ||
    (state === "failed" && current.some(({ id }) => ready.stopped.has(id)));
  const earlier = publications.findLast((one) => one.revision < revision && one.state === "published");
  const rendering = ready.renderings.find((one) => one.channel === channel);
  const recorded = typed?.channel === channel ? typed : null;
  return {
    name: channel,
    label: channelLabel(channel),
    state: isStopped ? "stopped" : (state ?? "open"),
    state_name:
      state === "failed" && current.every(isCancelled)
        ? context.messages.desk.plan.cancelled
        : isStopped
          ? messages.stopped
          : stateName(context, state),
    publications: publications.map((one) => publicationModel(context, ready, one)),
    corrects: earlier && state !== "published" ? messages.corrects : null,
    correction_url: earlier && state !== "published" ? linkOf(earlier) : null,
    // Whoever may not bring it there reads it, and gets no tools for it.
    tools: may_record,
    ...(rendering ? renderedModel(context, ready, rendering) : { texts: [], photos: [], share: null }),
    record:
      submission.approval && may_record && mayBeOut
        ? {
            action: `/ready/${submission.id}/${channel}/publications`,
            revision,
            typed: recorded ?? { url: "", account: "", published_at: "" },
            accounts: accountsOf(context, ready.outlets, channel, recorded?.account),
            wrong: recorded !== null,
            more: recorded !== null && recorded.account + recorded.published_at !== "",
            // What is out already may be out on another account, too; of what nobody knows an editor decides.
            folded:
              recorded === null &&
              (ready.hindrance === "stopped" ||
                (state !== null && ["published", "publishing", "unclear"].includes(state))),
            folded_name: ready.hindrance === "stopped" ? messages.recordAlready : messages.recordAnother,
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
  { state, account, scheduled_for, take_down, revision, reason }: Publication,
  { current, isStopped, mayGo }: { current: number; isStopped: boolean; mayGo: boolean },
): string | null {
  const { ready } = context.messages.desk;
  if (state === "publishing") return ready.publishing;
  if (state === "unclear") return ready.undecided;
  if (take_down) return ready.goes;
  if (revision !== current) return null;
  if (state === "handed_over") return ready.handedOver;
  if (state === "scheduled" && scheduled_for !== null) {
    return ready.willSend({ when: formatTime(context, scheduled_for) });
  }
  // A computer may go on with what was cut off.
  const isCutOff = reason === "abandoned" || reason === "interrupted";
  if (state === "failed") return isStopped || !mayGo || isCutOff ? null : ready.failed;
  return state === "planned" && account !== "" ? ready.isPlanned : null;
}

function publicationModel(
  context: ViewContext,
  { revision, stopped, outlets, hindrance, may_record }: Ready,
  publication: Publication,
): object {
  const { desk: messages } = context.messages;
  const isStopped = stopped.has(publication.id);
  const outlet = outlets.find(
    ({ channel, account }) => channel === publication.channel && account === publication.account,
  );
  const instant = publication.unpublished_at ?? publication.published_at ?? publication.scheduled_for;
  return {
    state: isStopped ? "stopped" : publication.state,
    state_name: isCancelled(publication)
      ? messages.plan.cancelled
      : isStopped
        ? messages.ready.stopped
        : messages.publication.states[publication.state],
    account: outlet?.label ?? publication.account,
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
    hint: hintFor(context, publication, {
      ...{ current: revision, isStopped },
      mayGo: hindrance === null && may_record && !isCancelled(publication),
    }),
  };
}
