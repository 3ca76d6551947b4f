import type { Context } from "../../context.js";
import type { State } from "../../contract/lifecycle.js";
import type { Style } from "../../terminal/style.js";
import { fitted, shorten } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";

interface Line {
  slug: string;
  /** null: index.md cannot be read. */
  title: string | null;
  state: State | "draft";
  /** Something of it has not been sent. */
  waiting: boolean;
}

/** Posts with their states; in a narrow terminal each slug, which is what one types, stands on a line of its own. */
export function postListing(
  { messages: { post: messages }, output }: Context,
  items: readonly Line[],
  style: Style,
): string {
  const state = (item: Line) => {
    if (item.title === null) return style.bad(messages.broken);
    return item.waiting ? style.warning(messages.waiting) : messages.states[item.state];
  };
  const title = (item: Line, max: number) => shorten(cleanLine(item.title ?? ""), max);
  const listed = fitted(
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
