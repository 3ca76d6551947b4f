import { randomUUID } from "node:crypto";
import type { Liquid } from "liquidjs";
import { abilities, overseers, preparers } from "../../../contract/roles.js";
import { formatInstant } from "../../../text/instant.js";
import { vary } from "../../http/content-coding.js";
import { formToken, landingOf, visitorOf } from "../http/session.js";
import type { ShowPage } from "../types.js";
import type { Assets } from "./assets.js";
import { createSlicer } from "./slices.js";

/** Returns the function that renders a view in the visitor's language and sends it. */
export function pagesOf(views: Liquid, assets: Assets, version: string, now: () => Date): ShowPage {
  const runInSlices = createSlicer();
  return async (request, reply, page) => {
    const visitor = visitorOf(request);
    const { language, caller } = visitor;
    const messages = visitor.messages.desk;
    const done = new URL(request.url, "http://desk.invalid").searchParams.get("done") ?? "";
    const globals = {
      messages,
      page: {
        title: page.title,
        place: page.place ?? null,
        alert: page.alert ? { links: [], ...page.alert } : null,
        // An alert replaces the confirmation of an earlier form.
        done: page.alert ? null : (Object.entries(messages.done).find(([key]) => key === done)?.[1] ?? null),
        path: request.method === "GET" ? request.url : "/",
        language,
        other: language === "id" ? "en" : "id",
        user: caller ? { name: caller.name, role: messages.roles[caller.role] } : null,
        is_editor: caller !== null && abilities[caller.role].steps === "editor",
        is_admin: caller !== null && abilities[caller.role].manages,
        sees_week: caller !== null && overseers.includes(caller.role),
        prepares: caller !== null && preparers.includes(caller.role),
        home: caller ? landingOf(caller.role) : "/",
        csrf: formToken(visitor),
        form: randomUUID(),
        assets: assets.addresses,
        version,
        now: formatInstant(now().toISOString(), language),
      },
    };
    const html = await runInSlices(views._renderFile(page.view, page.model ?? {}, { globals }));
    // The language is the one that was chosen, else the browser's; the rest depends on whose cookie it is.
    vary(reply, "accept-language, cookie");
    return reply
      .status(page.status ?? 200)
      .header("content-type", "text/html; charset=utf-8")
      .send(await runInSlices(encode(String(html))));
  };
}

const pieceLength = 256 * 1024;

/** Encodes a page piece by piece: as a whole, one of 30 MB would stop the service for a fifth of a second. */
function* encode(html: string): Generator<undefined, Buffer> {
  const pieces: Buffer[] = [];
  for (let from = 0; from < html.length; ) {
    let to = from + pieceLength;
    // Not between the two halves of a character.
    if (/[\ud800-\udbff]/.test(html.charAt(to - 1))) to += 1;
    pieces.push(Buffer.from(html.slice(from, to)));
    from = to;
    yield;
  }
  return Buffer.concat(pieces);
}
