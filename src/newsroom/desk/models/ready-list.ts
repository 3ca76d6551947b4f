import { approvalChannels, channelLabel } from "../../../channels/registry.js";
import type { Publication } from "../../../contract/contract.js";
import type { ReadyFilter, ReadyRow } from "../../services/publishing/ready-list.js";
import type { ViewContext } from "../types.js";
import { formatTime, kecamatanName, kecamatanOptions, type Option } from "./format.js";
import { textsIn } from "./queue.js";

/** The views of the list: what still has to go out is what one comes for. */
const views = { open: "open", out: "out", all: "approved" } as const satisfies Record<
  string,
  ReadyFilter["state"]
>;
type ViewName = keyof typeof views;
const viewNames = Object.keys(views) as ViewName[];

/** The parsed address of the list. It holds the view, all filters and the page. */
export interface ReadyQuery extends Omit<ReadyFilter, "state"> {
  view: ViewName;
}

/** Parses the query of the list's address. Invalid values count as absent. */
export function parseReadyQuery(query: Readonly<Record<string, unknown>>): ReadyQuery {
  const { text, q, kecamatan } = textsIn(query);
  return {
    view: viewNames.find((name) => name === text("view")) ?? "open",
    channel: approvalChannels.find((name) => name === text("channel")) ?? "",
    after: /^[0-9a-f-]{36}$/.test(text("after")) ? text("after") : undefined,
    q,
    kecamatan,
  };
}

/** What the address asks for. */
export function readyFilter({ view, ...query }: ReadyQuery): ReadyFilter {
  return { ...query, state: views[view] };
}

/** Builds the address of a list. Omits default values. */
function readyAddress(query: Partial<ReadyQuery>): string {
  const parts = new URLSearchParams();
  if (query.view && query.view !== "open") parts.set("view", query.view);
  for (const name of ["q", "channel", "kecamatan", "after"] as const)
    if (query[name]) parts.set(name, query[name]);
  return parts.size > 0 ? `/ready?${parts}` : "/ready";
}

/** The list of what is approved. @param seesAll whether the reader sees every kecamatan */
export function readyListModel(
  context: ViewContext,
  query: ReadyQuery,
  page: { rows: readonly ReadyRow[]; next: string | undefined; isCut: boolean },
  seesAll: boolean,
): object {
  const { queue, ready } = context.messages.desk;
  const { view, q, channel, kecamatan } = query;
  const isFiltered = q !== "" || channel !== "" || (seesAll && kecamatan !== "");
  return {
    views: viewNames.map((name) => ({
      label: ready.views[name],
      href: readyAddress({ ...query, view: name, after: undefined }),
      current: name === view,
      count: null,
    })),
    views_label: ready.viewsLabel,
    view_name: view === "open" ? null : view,
    q,
    channels: channelOptions(channel),
    kecamatan: seesAll ? kecamatanOptions(kecamatan) : null,
    clear: isFiltered ? readyAddress({ view }) : null,
    rows: page.rows.map((row) => rowModel(context, row, seesAll)),
    empty_text: page.isCut ? queue.empty.cut : isFiltered ? queue.empty.filtered : ready.empty[view],
    next: page.next ? readyAddress({ ...query, after: page.next }) : null,
    pages_label: ready.pages,
    next_label: page.isCut ? queue.further : queue.next,
    first: query.after ? readyAddress({ ...query, after: undefined }) : null,
  };
}

function channelOptions(selected: string): Option[] {
  return approvalChannels.map((name) => ({
    value: name,
    label: channelLabel(name),
    selected: name === selected,
  }));
}

function rowModel(context: ViewContext, { submission, release, channels }: ReadyRow, seesAll: boolean) {
  const { queue, ready } = context.messages.desk;
  const open = channels.filter(
    ({ state, stopped }) => !stopped && state !== "published" && state !== "unpublished",
  );
  const isTakenDown = channels.some(({ state, stopped }) => stopped || state === "unpublished");
  return {
    href: `/ready/${submission.id}`,
    title: submission.title,
    facts: [
      ...(seesAll ? [kecamatanName(submission.kecamatan)] : []),
      submission.author.name,
      ...(submission.photos > 0 ? [queue.photos({ count: submission.photos })] : []),
    ].join(" · "),
    iso: submission.received_at,
    received: formatTime(context, submission.received_at),
    waits: release > context.now ? ready.from({ when: formatTime(context, release.toISOString()) }) : null,
    remaining:
      open.length > 0
        ? ready.remaining({ count: open.length, total: channels.length })
        : isTakenDown
          ? ready.allDecided
          : ready.allOut,
    is_done: open.length === 0,
    channels: channels.map(({ channel, state, stopped }) => ({
      label: channelLabel(channel),
      state: stopped ? "stopped" : (state ?? "open"),
      state_name: stopped ? ready.stopped : stateName(context, state),
    })),
  };
}

/** What a channel's state is called, also where nothing is known of it. */
export function stateName({ messages }: ViewContext, state: Publication["state"] | null): string {
  return state === null ? messages.desk.ready.stillOpen : messages.desk.publication.states[state];
}
