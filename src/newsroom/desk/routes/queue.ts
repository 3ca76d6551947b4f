import type { FastifyInstance } from "fastify";
import { abilities } from "../../../contract/roles.js";
import { territoryOf } from "../../services/caller.js";
import { newestChange } from "../../store/submissions/changes.js";
import { countPausedOutlets, listPausedOutlets } from "../../store/submissions/outlets.js";
import {
  countUpTo,
  type QueueFilter,
  readDue,
  readQueue,
  searchQueue,
} from "../../store/submissions/queue.js";
import { forDeskUsers } from "../http/admission.js";
import { callerOf, visitorOf } from "../http/session.js";
import { dayOf } from "../models/format.js";
import {
  isDueToday,
  parseQueueQuery,
  type QueuePage,
  type QueueQuery,
  queueModel,
  type ViewName,
  views,
} from "../models/queue.js";
import type { Desk } from "../types.js";

const perPage = 30;
const maxDue = 20;
const maxCount = 100;
/** How many accounts with a refused login the line above the queue names. */
const maxPaused = 5;
const dayMs = 24 * 60 * 60 * 1000;
/** Only the views that need an editor's action show a count. */
const countedViews = ["waiting", "mine", "returned"] as const satisfies readonly ViewName[];

export function queueRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<{ Querystring: Record<string, unknown> }>("/", forDeskUsers, async (request, reply) => {
    const reader = callerOf(request);
    const { id } = reader;
    const query = parseQueueQuery(request.query);
    const { states, oldestFirst } = views[query.view];
    // Whoever sees one kecamatan only has no other, whatever the address says.
    const territory = territoryOf(reader);
    const filter = {
      ...query,
      kecamatan: territory ?? query.kecamatan,
      states,
      oldestFirst,
      claimedBy: query.view === "mine" ? id : undefined,
    };
    const lastChange = await newestChange(store, territory);
    const page = await (query.q ? searchPage(filter, query) : listPage(filter, query));
    const isFirstPage =
      query.view === "waiting" && !query.after && !query.q && !query.kecamatan && !query.kind;
    const due = isFirstPage ? await dueToday(territory) : [];
    const counts: Partial<Record<ViewName, number>> = {};
    for (const name of countedViews) {
      const countFilter = {
        states: views[name].states,
        kecamatan: territory,
        ...(name === "mine" ? { claimedBy: id } : {}),
      };
      counts[name] = await countUpTo(store, countFilter, maxCount);
    }
    const context = desk.viewContext(request);
    const messages = visitorOf(request).messages.desk.queue;
    return desk.show(request, reply, {
      view: "queue",
      title: messages.title,
      place: "queue",
      model: queueModel(context, reader, query, {
        ...page,
        rows: page.rows.filter((row) => !due.some((dueRow) => dueRow.id === row.id)),
        due,
        counts,
        maxCount,
        lastChange,
        ...(await pausedFor(reader)),
      }),
    });
  });

  /** For those who can do something about it. */
  async function pausedFor({ role }: ReturnType<typeof callerOf>) {
    if (abilities[role].steps !== "editor") return { paused: [], pausedCount: 0 };
    const paused = await listPausedOutlets(store, maxPaused);
    const isCut = paused.length === maxPaused;
    return { paused, pausedCount: isCut ? await countPausedOutlets(store) : paused.length };
  }

  async function listPage(filter: QueueFilter, { after }: QueueQuery): Promise<QueuePage> {
    const rows = await readQueue(store, filter, after, perPage + 1);
    const end = rows.length > perPage ? rows[perPage - 1] : undefined;
    return { rows: rows.slice(0, perPage), next: end && { rank: end.rank, id: end.id }, isCut: false };
  }

  async function searchPage(filter: QueueFilter, { q, after }: QueueQuery): Promise<QueuePage> {
    const { rows, searchedTo } = await searchQueue(store, filter, q, after?.id, perPage + 1);
    const end = rows.length > perPage ? rows[perPage - 1]?.id : searchedTo;
    return {
      rows: rows.slice(0, perPage),
      next: end === undefined ? undefined : { rank: 1, id: end },
      isCut: searchedTo !== undefined,
    };
  }

  async function dueToday(kecamatan: string | undefined) {
    const day = (days: number) => dayOf(new Date(now().getTime() + days * dayMs));
    const candidates = await readDue(store, views.waiting.states, day(-7), day(2), maxDue, kecamatan);
    return candidates.filter((row) => isDueToday(now(), row));
  }
}
