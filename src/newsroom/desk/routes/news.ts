import type { FastifyInstance } from "fastify";
import { clean } from "../../../text/clean.js";
import { territoryOf } from "../../services/caller.js";
import { changesSince } from "../../store/submissions/queue.js";
import { shorten } from "../../texts/article.js";
import { forDeskUsers } from "../http/admission.js";
import { callerOf, visitorOf } from "../http/session.js";
import type { Desk } from "../types.js";

const maxItems = 50;
type Change = Awaited<ReturnType<typeof changesSince>>[number];

/** Answers the open pages, which ask every 30 seconds for changes. These requests do not extend the session. */
export function newsRoutes(app: FastifyInstance, desk: Desk): void {
  app.get<{ Querystring: Record<string, unknown> }>("/news", forDeskUsers, async (request) => {
    const since = /^\d{1,15}$/.test(String(request.query.since)) ? Number(request.query.since) : 0;
    const about = /^[0-9a-f-]{36}$/.test(String(request.query.about))
      ? String(request.query.about)
      : undefined;
    const changes = await changesSince(desk.store, since, maxItems, territoryOf(callerOf(request)));
    const messages = visitorOf(request).messages.desk;
    const newest = changes
      .filter((change) => (about === undefined ? isArrival(change) : change.id === about))
      .at(-1);
    const last = changes.at(-1)?.seq ?? since;
    return {
      // The page asks from here on, so that each change is announced once.
      next: `/news?${new URLSearchParams({ since: String(last), ...(about === undefined ? {} : { about }) })}`,
      show: messages.show,
      text: newest ? `${sentence(messages, newest, about)} ${shorten(clean(newest.title), 80)}` : null,
    };
  });
}

/** Whether the change puts a submission into the queue: a new one, or a returned one that was revised. */
function isArrival(change: Change): boolean {
  return (
    change.what === "submitted" ||
    change.what === "revised" ||
    (change.what === "transition" && change.state === "submitted")
  );
}

function sentence(
  messages: Record<"newSubmission" | "newRevision" | "newStep" | "newComment" | "newPublication", string>,
  change: Change,
  about: string | undefined,
): string {
  if (change.what === "submitted") return messages.newSubmission;
  if (change.what === "comment") return messages.newComment;
  if (change.what === "publication") return messages.newPublication;
  if (change.what === "revised" || (about === undefined && change.revision > 1)) return messages.newRevision;
  return about === undefined ? messages.newSubmission : messages.newStep;
}
