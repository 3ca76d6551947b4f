import type { FastifyInstance } from "fastify";
import { clean } from "../../../text/clean.js";
import { changesSince } from "../../store/submissions/queue.js";
import { visitorOf } from "../http/session.js";
import { shorten } from "../models/article.js";
import type { Desk } from "../types.js";

const maxItems = 50;
type Change = Awaited<ReturnType<typeof changesSince>>[number];

/** What a page that is open asks every 30 seconds: whether something came since it was made. It keeps nobody logged in. */
export function newsRoutes(app: FastifyInstance, desk: Desk): void {
  app.get<{ Querystring: Record<string, unknown> }>("/news", async (request) => {
    const since = /^\d{1,15}$/.test(String(request.query.since)) ? Number(request.query.since) : 0;
    const about = /^[0-9a-f-]{36}$/.test(String(request.query.about))
      ? String(request.query.about)
      : undefined;
    const changes = await changesSince(desk.store, since, maxItems);
    const messages = visitorOf(request).messages.desk;
    const told = changes
      .filter((change) => (about === undefined ? isArrival(change) : change.id === about))
      .at(-1);
    const last = changes.at(-1)?.seq ?? since;
    return {
      // What was told stays told until the page is shown anew: more of it does not scold a second time.
      next: `/news?${new URLSearchParams({ since: String(last), ...(about === undefined ? {} : { about }) })}`,
      show: messages.show,
      text: told ? `${sentence(messages, told, about)} ${shorten(clean(told.title), 80)}` : null,
    };
  });
}

/** Something to read: new, or back after it was mended. */
function isArrival(change: Change): boolean {
  return (
    change.what === "submitted" ||
    change.what === "revised" ||
    (change.what === "transition" && change.state === "submitted")
  );
}

function sentence(
  messages: { newSubmission: string; newRevision: string; newStep: string; newComment: string },
  change: Change,
  about: string | undefined,
): string {
  if (change.what === "submitted") return messages.newSubmission;
  if (change.what === "comment") return messages.newComment;
  if (change.what === "revised" || (about === undefined && change.revision > 1)) return messages.newRevision;
  return about === undefined ? messages.newSubmission : messages.newStep;
}
