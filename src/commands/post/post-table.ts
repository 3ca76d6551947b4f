import type { Context } from "../../context.js";
import type { State } from "../../contract/lifecycle.js";
import type { Style } from "../../terminal/style.js";
import { fitTable, shorten } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";

export interface PostRow {
  slug: string;
  /** null: index.md cannot be read. */
  title: string | null;
  state: State | "draft";
  /** Part of the post has not been sent. */
  waiting: boolean;
  /** The revision since which it was changed here. */
  changed_since?: number | null;
}

/** What is over is not sent again: a change since then has nowhere to go. */
export const over: ReadonlySet<PostRow["state"]> = new Set(["withdrawn", "rejected", "merged"]);

/** Posts with their states. In a narrow terminal the slug, which a person types, is on its own line. */
export function postTable(
  { messages: { post: messages, postChanges }, output }: Context,
  items: readonly PostRow[],
  style: Style,
): string {
  const state = (item: PostRow) => {
    if (item.title === null) return style.bad(messages.broken);
    return item.waiting ? style.warning(messages.waiting) : messages.states[item.state];
  };
  const isChanged = (item: PostRow) => Boolean(item.changed_since) && !over.has(item.state);
  const changed = (item: PostRow) => {
    const revision = isChanged(item) ? item.changed_since : undefined;
    return revision ? [style.warning(postChanges.changedSince({ revision }))] : [];
  };
  const title = (item: PostRow, max: number) => shorten(cleanLine(item.title ?? ""), max);
  const listed = fitTable(
    items,
    output.resultColumns,
    { row: (item) => [[state(item), ...changed(item)].join(", "), title(item, 60), style.faint(item.slug)] },
    (item) => {
      const room = Math.max(20, output.resultColumns - 22);
      return [
        `${state(item)}  ${style.strong(title(item, room))}`,
        ...[style.faint(item.slug), ...changed(item)].map((line) => `  ${line}`),
      ].join("\n");
    },
  );
  const hints = [
    ...(items.some((item) => item.state === "returned" && item.title !== null)
      ? [postChanges.readRemarks]
      : []),
    ...(items.some((item) => item.waiting) ? [messages.sendWaiting] : []),
    ...(items.some((item) => isChanged(item) && !item.waiting) ? [postChanges.sendChanged] : []),
  ];
  return hints.length > 0 ? `${listed}\n\n${hints.join("\n")}` : listed;
}
