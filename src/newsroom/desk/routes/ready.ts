import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { channelLabel, channelNames } from "../../../channels/registry.js";
import { territoryOf } from "../../services/caller.js";
import { type ProblemError, problem } from "../../services/problem.js";
import { addPublication } from "../../services/publishing/add-publication.js";
import { freezeReady, type Ready, readReady } from "../../services/publishing/ready.js";
import { listReady } from "../../services/publishing/ready-list.js";
import { settlePublications } from "../../services/publishing/settle.js";
import { forPreparers } from "../http/admission.js";
import { fieldsOf, numberOf, submitForm, submitRendered } from "../http/forms.js";
import { recordedLink } from "../http/recorded-link.js";
import { callerOf } from "../http/session.js";
import { formatTime } from "../models/format.js";
import { readyModel, type TypedLink } from "../models/ready.js";
import { parseReadyQuery, readyFilter, readyListModel } from "../models/ready-list.js";
import { refusedLinkText } from "../models/refused-link.js";
import type { ById } from "../pages/load-submission.js";
import type { Alert, Desk, ViewContext } from "../types.js";

const perPage = 30;

/** What was approved, for those who bring it to a channel by hand: the list, a page for each, and the form that records the link. */
export function readyRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<{ Querystring: Record<string, unknown> }>("/ready", forPreparers, async (request, reply) => {
    const caller = callerOf(request);
    const query = parseReadyQuery(request.query);
    const page = await listReady(store, caller, readyFilter(query), perPage, now());
    const context = desk.viewContext(request);
    return desk.show(request, reply, {
      view: "ready/list",
      title: context.messages.desk.ready.title,
      place: "ready",
      model: readyListModel(context, query, page, territoryOf(caller) === undefined),
    });
  });

  app.get<ById>("/ready/:id", forPreparers, async (request, reply) => page(request, reply, null));

  app.post<ById>("/ready/:id/freeze", forPreparers, async (request, reply) => {
    const { id } = request.params;
    return submitRendered(
      desk,
      request,
      reply,
      async (transaction, caller, prepared) => {
        await freezeReady(transaction, caller, id, now(), prepared);
        return `/ready/${id}`;
      },
      async (error) => {
        if (error.problem !== "conflict") throw error;
        return page(request, reply, null);
      },
    );
  });

  app.post<{ Params: { id: string; channel: string } }>(
    "/ready/:id/:channel/publications",
    forPreparers,
    async (request, reply) => {
      const { id, channel } = request.params;
      if (!channelNames.some((name) => name === channel)) throw problem("not-found");
      const { url = "", account = "", published_at = "", revision } = fieldsOf(request);
      const typed: TypedLink = { channel, url, account, published_at };
      const context = desk.viewContext(request);
      const again = (text: string, links = [fieldLink(context, channel)]) =>
        page(request, reply, typed, { text, links });
      return submitForm(
        desk,
        request,
        reply,
        async (transaction, caller) => {
          await settlePublications(transaction, id, now());
          requireShown(await readReady(transaction, caller, id, now()), numberOf(revision));
          await addPublication(transaction, caller, id, recordedLink(request, { ...typed }), now());
          return `/ready/${id}?done=publish#on-${channel}`;
        },
        (error) => {
          const text = refusalText(context, error, typed);
          if (text === undefined) throw error;
          // What nothing can be recorded of has no field.
          return again(text, error.problem === "conflict" ? [] : undefined);
        },
      );
    },
  );

  async function page<R extends ById>(
    request: FastifyRequest<R>,
    reply: FastifyReply,
    typed: TypedLink | null,
    alert?: Alert,
  ): Promise<FastifyReply> {
    const plain = request as FastifyRequest;
    const { id } = request.params as ById["Params"];
    const ready = await readReady(store, callerOf(plain), id, now());
    return desk.show(plain, reply, {
      view: "ready/post",
      title: ready.submission.content.title,
      place: "ready",
      model: readyModel(desk.viewContext(plain), ready, typed),
      ...(alert ? { alert, status: 422 } : {}),
    });
  }
}

function fieldLink(context: ViewContext, channel: string): { href: string; text: string } {
  return {
    href: `#url-${channel}`,
    text: context.messages.desk.ready.toField({ channel: channelLabel(channel) }),
  };
}

/**
 * What was copied from the page has to be what is approved now: a link of the old text that is recorded as the new one would end its
 * correction. Throws `stale`, and `conflict` where nothing is approved any more.
 *
 * @param shown the revision of the page; undefined for a page from before it said so
 */
function requireShown({ submission, revision }: Ready, shown: number | undefined): void {
  if (!submission.approval) throw problem("conflict", { detail: "not-approved", possible: [] });
  if (shown !== undefined && shown !== revision) throw problem("stale", { revision });
}

/** Why a link was not recorded; undefined where another page says it. */
function refusalText(context: ViewContext, error: ProblemError, typed: TypedLink): string | undefined {
  const { problems, ready } = context.messages.desk;
  const { problem: name, facts } = error;
  const { errors = [], not_before, detail, revision } = facts;
  if (name === "idempotency-mismatch") return problems.sentBefore;
  if (name === "forbidden" && detail === "handed-over") return ready.othersDecide({ url: typed.url.trim() });
  if (name === "stale") return ready.newer({ n: revision ?? 0 });
  if (name === "conflict") {
    if (not_before) return problems.embargo({ when: formatTime(context, not_before) });
    // There is no form any more that could give it back.
    return detail === "not-approved" || detail === undefined
      ? `${ready.hindrances["not-approved"]} ${ready.notRecorded({ url: typed.url.trim() })}`
      : problems.publicationChanged;
  }
  if (name !== "invalid") return undefined;
  const link = refusedLinkText(context, error, typed);
  if (link !== undefined) return link;
  const alerts: Record<string, string> = {
    "/channel": problems.channel,
    "/published_at": errors[0]?.detail === "time" ? problems.needTime : problems.future,
  };
  return (
    alerts[errors[0]?.pointer ?? ""] ?? `${problems.invalid} ${errors.map((one) => one.detail).join(" ")}`
  );
}
