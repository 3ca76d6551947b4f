import type { FastifyInstance } from "fastify";
import { clean } from "../../../text/clean.js";
import { changesSince } from "../../store/submissions/queue.js";
import { visitorOf } from "../http/session.js";
import { shortened } from "../models/article.js";
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
    const words = visitorOf(request).messages.desk;
    const told = changes.filter((one) => (about === undefined ? isArrival(one) : one.id === about)).at(-1);
    const last = changes.at(-1)?.seq ?? since;
    return {
      // What was told stays told until the page is shown anew: more of it does not scold a second time.
      next: `/news?${new URLSearchParams({ since: String(last), ...(about === undefined ? {} : { about }) })}`,
      show: words.show,
      text: told ? `${sentence(words, told, about)} ${shortened(clean(told.title), 80)}` : null,
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
  words: { newSubmission: string; newRevision: string; newStep: string; newComment: string },
  change: Change,
  about: string | undefined,
): string {
  if (change.what === "submitted") return words.newSubmission;
  if (change.what === "comment") return words.newComment;
  if (change.what === "revised" || (about === undefined && change.revision > 1)) return words.newRevision;
  return about === undefined ? words.newSubmission : words.newStep;
}
