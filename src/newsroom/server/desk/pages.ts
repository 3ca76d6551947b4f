import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Liquid } from "liquidjs";
import { shownInstant } from "../../../language/instant.js";
import type { Assets } from "./routes/assets.js";
import { formToken, visitorOf } from "./session.js";

/** The parts of the desk that its navigation names. */
type Place = "queue" | "week" | "people" | "account";

interface Page {
  view: string;
  title: string;
  model?: object;
  status?: number;
  place?: Place;
  /** What went wrong with what was just sent; told at the top, and read out. */
  alert?: Alert | undefined;
}

export interface Alert {
  text: string;
  /** Where one can look further. */
  links?: { href: string; text: string }[];
}

export type ShowPage = (request: FastifyRequest, reply: FastifyReply, page: Page) => Promise<FastifyReply>;

/** Renders a view within the layout, in the visitor's language. */
export function pagesOf(views: Liquid, assets: Assets, version: string, now: () => Date): ShowPage {
  return async (request, reply, page) => {
    const visitor = visitorOf(request);
    const { messages, language, caller } = visitor;
    const words = messages.desk;
    const done = new URL(request.url, "http://desk.invalid").searchParams.get("done") ?? "";
    const globals = {
      words,
      page: {
        title: page.title,
        place: page.place ?? null,
        alert: page.alert ? { links: [], ...page.alert } : null,
        // Only on the page that a form led to; on a later one it would be no news.
        done: page.alert ? null : (Object.entries(words.done).find(([key]) => key === done)?.[1] ?? null),
        path: request.method === "GET" ? request.url : "/",
        language,
        other: language === "id" ? "en" : "id",
        user: caller ? { name: caller.name, role: words.roles[caller.role] } : null,
        is_admin: caller?.role === "admin",
        csrf: formToken(visitor),
        form: randomUUID(),
        assets: assets.addresses,
        version,
        now: shownInstant(now().toISOString(), language),
      },
    };
    const html: string = await views.renderFile(page.view, page.model ?? {}, { globals });
    return reply
      .status(page.status ?? 200)
      .header("content-type", "text/html; charset=utf-8")
      .send(html);
  };
}
