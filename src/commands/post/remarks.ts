import type { Context } from "../../context.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import type { Style } from "../../terminal/style.js";
import { indent } from "../../terminal/table.js";
import { clean, cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";

/** What an editor has said about a post. */
export interface Remark {
  author: string;
  at: string;
  body: string;
  /** The reason why a request of the sender was declined. */
  declines?: true | undefined;
}

/** A submission and its editors' remarks in order: comments, and the reasons of their steps. */
export async function loadRemarks(newsroom: NewsroomClient, id: string) {
  const [submission, comments, history] = await Promise.all([
    newsroom.submission(id),
    newsroom.comments(id),
    newsroom.history(id),
  ]);
  // The reason of a withdrawal, and of a request for one, is the operator's own.
  const own = new Set<string>(["withdraw", "ask_withdrawal", "ask_unpublish"]);
  const steps = history.filter(({ step }) => !own.has(step));
  const reasons = steps.flatMap(({ by, at, reason, step }): Remark[] =>
    reason
      ? [{ author: by.name, at, body: reason, ...(step === "decline" && { declines: true as const }) }]
      : [],
  );
  const texts = comments.map(({ author, at, body }): Remark => ({ author: author.name, at, body }));
  const remarks = [...texts, ...reasons].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { submission, history, remarks };
}

/** The remarks with who made them and when; nothing where there are none. */
export function remarkLines({ messages, language }: Context, remarks: readonly Remark[], style: Style) {
  if (remarks.length === 0) return [];
  return [
    "",
    messages.post.remarks,
    ...remarks.flatMap(({ author, at, body, declines }) => [
      [
        `  ${cleanLine(author)} ${style.faint(formatInstant(at, language))}`,
        ...(declines ? [messages.postChanges.declines] : []),
      ].join(" · "),
      indent(clean(body), "    "),
    ]),
  ];
}
