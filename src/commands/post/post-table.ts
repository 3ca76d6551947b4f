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
}

/** Posts with their states. In a narrow terminal the slug, which a person types, is on its own line. */
export function postTable(
  { messages: { post: messages }, output }: Context,
  items: readonly PostRow[],
  style: Style,
): string {
  const state = (item: PostRow) => {
    if (item.title === null) return style.bad(messages.broken);
    return item.waiting ? style.warning(messages.waiting) : messages.states[item.state];
  };
  const title = (item: PostRow, max: number) => shorten(cleanLine(item.title ?? ""), max);
  const listed = fitTable(
    items,
    output.resultColumns,
    { row: (item) => [state(item), title(item, 60), style.faint(item.slug)] },
    (item) => {
      const room = Math.max(20, output.resultColumns - 22);
      return `${state(item)}  ${style.strong(title(item, room))}\n  ${style.faint(item.slug)}`;
    },
  );
  if (!items.some((item) => item.waiting)) return listed;
  return `${listed}\n\n${messages.sendWaiting}`;
}
