import type { Outlet, SubmissionSummary } from "../../../contract/contract.js";
import { correctionState } from "../../../contract/corrections.js";
import type { DisplayState, State } from "../../../contract/lifecycle.js";
import { abilities, editors, type Role } from "../../../contract/roles.js";
import { formatWait } from "../../../text/instant.js";
import { type QueueCursor, urgentKinds } from "../../store/submissions/queue.js";
import type { ViewContext } from "../types.js";
import { deadLogins } from "./accounts.js";
import { dayOf, formatTime, kecamatanName, kecamatanOptions, kindName, type Option } from "./format.js";

/** The views of the queue: the states they list, and their order. */
export const views = {
  waiting: { states: ["submitted", "in_review"], oldestFirst: true },
  mine: { states: ["in_review"], oldestFirst: true },
  returned: { states: ["returned"], oldestFirst: true },
  approved: { states: ["approved"], oldestFirst: false },
  closed: { states: ["rejected", "withdrawn", "merged"], oldestFirst: false },
  all: {
    states: ["submitted", "in_review", "returned", "approved", "rejected", "withdrawn", "merged"],
    oldestFirst: false,
  },
} as const satisfies Record<string, { states: readonly State[]; oldestFirst: boolean }>;
export type ViewName = keyof typeof views;
const viewNames = Object.keys(views) as ViewName[];

/** The parsed address of the queue. It holds the view, all filters and the page. */
export interface QueueQuery {
  view: ViewName;
  kecamatan: string;
  kind: string;
  q: string;
  urgent: boolean;
  after: QueueCursor | undefined;
}

/** Parses the query of the queue's address. Invalid values count as absent. */
export function parseQueueQuery(query: Readonly<Record<string, unknown>>): QueueQuery {
  const { text, q, kecamatan } = textsIn(query);
  const [, rank, id] = /^([01])\.([0-9a-f-]{36})$/.exec(text("after")) ?? [];
  return {
    view: viewNames.find((name) => name === text("view")) ?? "waiting",
    kecamatan,
    kind: /^[a-z0-9-]{1,40}$/.test(text("kind")) ? text("kind") : "",
    q,
    urgent: text("urgent") === "1",
    after: id === undefined ? undefined : { rank: rank === "0" ? 0 : 1, id },
  };
}

/** Reads an address's values, and of those what every list of the desk can be filtered by. */
export function textsIn(query: Readonly<Record<string, unknown>>) {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === "string" ? value.slice(0, 200) : "";
  };
  return {
    text,
    /** Part of a title; "" for every title. */
    q: text("q").replaceAll("\u0000", "").trim().toWellFormed(),
    /** Code; "" for all. */
    kecamatan: /^\d{2}\.\d{2}\.\d{2}$/.test(text("kecamatan")) ? text("kecamatan") : "",
  };
}

/** Builds the address of a queue. Omits default values. */
export function queueAddress(query: Partial<QueueQuery>): string {
  const parts = new URLSearchParams();
  if (query.view && query.view !== "waiting") parts.set("view", query.view);
  for (const name of ["q", "kecamatan", "kind"] as const) if (query[name]) parts.set(name, query[name]);
  if (query.urgent) parts.set("urgent", "1");
  if (query.after) parts.set("after", `${query.after.rank}.${query.after.id}`);
  const text = parts.toString();
  return text ? `/?${text}` : "/";
}

/** A submission as a row of the queue. */
interface Row {
  href: string;
  title: string;
  kecamatan: string;
  kind: string;
  author: string;
  received: string;
  received_iso: string;
  /** E.g. "3 jam"; null if the submission waits no more. */
  wait: string | null;
  wait_label: string;
  age: "fresh" | "old" | "stale";
  urgent: string | null;
  times: string[];
  state: DisplayState;
  request: string | null;
  state_name: string;
  claimed: string | null;
  photos: string | null;
  revision: string | null;
}

const hourMs = 60 * 60 * 1000;
/** Rows that wait longer than this are highlighted, in two degrees. */
const oldMs = 24 * hourMs;
const staleMs = 72 * hourMs;

function rowOf(context: ViewContext, userId: string, row: SubmissionSummary): Row {
  const { language, now } = context;
  const messages = context.messages.desk.queue;
  const correction = correctionState(row);
  const isWaiting = row.state === "submitted" || row.state === "in_review";
  const waited = now.getTime() - Date.parse(row.received_at);
  const wait = formatWait(row.received_at, now, language);
  return {
    href: `/submissions/${row.id}`,
    title: row.title,
    kecamatan: kecamatanName(row.kecamatan),
    kind: kindName(context.messages, row.kind),
    author: row.author.name,
    received: formatTime(context, row.received_at),
    received_iso: row.received_at,
    wait: isWaiting ? wait : null,
    wait_label: messages.waits({ wait }),
    age: !isWaiting || waited < oldMs ? "fresh" : waited < staleMs ? "old" : "stale",
    urgent: isUrgent(row) ? messages.urgent : null,
    times: timesOf(context, row),
    state: row.shown,
    state_name: correction
      ? `${context.messages.post.states[row.shown]}, ${context.messages.postChanges.corrections[correction]}`
      : context.messages.post.states[row.shown],
    request: row.take_down
      ? context.messages.desk.takeDowns.listed(row.take_down)
      : row.asked && messages.asked[row.asked],
    claimed:
      row.claimed_by === null
        ? null
        : row.claimed_by.id === userId
          ? messages.byYou
          : messages.by({ who: row.claimed_by.name }),
    photos: row.photos > 0 ? messages.photos({ count: row.photos }) : null,
    revision: row.revision > 1 ? messages.atRevision({ n: row.revision }) : null,
  };
}

export function isUrgent(row: { priority: string; kind: string }): boolean {
  return row.priority === "urgent" || urgentKinds.some((kind) => kind === row.kind);
}

/** Labels for an embargo that has not ended, and for the time by which the submission is needed. */
export function timesOf(
  context: ViewContext,
  row: { embargo: string | null; needed_by: string | null },
): string[] {
  const messages = context.messages.desk.queue;
  const isAhead = (instant: string | null) => instant !== null && Date.parse(instant) > context.now.getTime();
  const shortTime = (instant: string) => {
    const text = formatTime(context, instant);
    const isToday = dayOf(new Date(instant)) === dayOf(context.now);
    return isToday ? messages.today({ when: text.replace(/^.*, /, "") }) : text;
  };
  return [
    ...(isAhead(row.embargo) ? [messages.embargo({ when: shortTime(row.embargo!) })] : []),
    ...(row.needed_by !== null ? [messages.neededBy({ when: shortTime(row.needed_by) })] : []),
  ];
}

/** Whether the embargo ends today, or the submission is needed today or was needed earlier. Days in WIB. */
export function isDueToday(now: Date, row: { embargo: string | null; needed_by: string | null }): boolean {
  const today = dayOf(now);
  const day = (instant: string) => dayOf(new Date(instant));
  return (
    (row.embargo !== null && day(row.embargo) === today) ||
    (row.needed_by !== null && day(row.needed_by) <= today)
  );
}

export interface QueuePage {
  rows: readonly SubmissionSummary[];
  next: QueueCursor | undefined;
  /** Whether the search stopped before it had read every submission. */
  isCut: boolean;
}

interface QueueData extends QueuePage {
  due: readonly SubmissionSummary[];
  /** Number of submissions, for the views that show one. */
  counts: Partial<Record<ViewName, number>>;
  /** Counting stops at this number. */
  maxCount: number;
  /** Accounts whose login is refused; none for those who can do nothing about it. */
  paused: readonly Outlet[];
  /** Of all of them, also of those that are not named. */
  pausedCount: number;
  lastChange: number;
}

export function queueModel(
  context: ViewContext,
  reader: { id: string; role: Role },
  query: QueueQuery,
  data: QueueData,
): object {
  // Whoever does not review claims nothing.
  const shownViews = viewNames.filter((name) => name !== "mine" || editors.includes(reader.role));
  const hasOne = abilities[reader.role].sees === "own kecamatan";
  const messages = context.messages.desk.queue;
  const filtered = query.q !== "" || query.kecamatan !== "" || query.kind !== "" || query.urgent;
  const countText = (count: number) => (count >= data.maxCount ? `${data.maxCount - 1}+` : String(count));
  const row = (submission: SubmissionSummary) => rowOf(context, reader.id, submission);
  const empty =
    query.view === "waiting" || query.view === "mine" ? messages.empty[query.view] : messages.empty.other;
  return {
    views: shownViews.map((name) => ({
      label: messages.views[name],
      href: queueAddress({ ...query, view: name, after: undefined }),
      current: name === query.view,
      count: data.counts[name] ? countText(data.counts[name]) : null,
    })),
    dead: deadLogins(context, data.paused, data.pausedCount),
    views_label: messages.viewsLabel,
    view_name: query.view === "waiting" ? null : query.view,
    q: query.q,
    kecamatan: hasOne ? null : kecamatanOptions(query.kecamatan),
    kinds: kindOptions(context, query.kind),
    urgent_only: query.urgent,
    clear: filtered ? queueAddress({ view: query.view }) : null,
    due: data.due.map(row),
    rows: data.rows.map(row),
    order: views[query.view].oldestFirst && !query.q ? messages.oldestFirst : messages.newestFirst,
    empty_text: data.isCut ? messages.empty.cut : filtered ? messages.empty.filtered : empty,
    next: data.next ? queueAddress({ ...query, after: data.next }) : null,
    next_label: data.isCut ? messages.further : messages.next,
    first: query.after ? queueAddress({ ...query, after: undefined }) : null,
    pages_label: messages.pages,
    news: `/news?since=${data.lastChange}`,
  };
}

/** The kinds of kominfo's own templates, plus the selected kind if it is another. */
function kindOptions({ messages }: ViewContext, selected: string): Option[] {
  const names = Object.keys(messages.desk.kinds);
  const all = selected && !names.includes(selected) ? [...names, selected] : names;
  return all.map((kind) => ({ value: kind, label: kindName(messages, kind), selected: kind === selected }));
}
