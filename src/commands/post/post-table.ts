import type { Context } from "../../context.js";
import type { SenderRequest, State } from "../../contract/lifecycle.js";
import type { Style } from "../../terminal/style.js";
import { fitTable, shorten } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { type ChangeWay, changeWay } from "./standing.js";

export interface PostRow {
  slug: string;
  /** null: index.md cannot be read. */
  title: string | null;
  state: State | "draft";
  /** Part of the post has not been sent. */
  waiting: boolean;
  /** The revision since which it was changed here. */
  changed_since?: number | null;
  /** Something of it is out. */
  out?: boolean;
  /** It was out, and was taken down. */
  down?: boolean;
  /** Where readers see it. */
  link?: string | null;
  asked?: SenderRequest | null;
}

/** Posts with their states. In a narrow terminal the slug, which a person types, is on its own line. */
export function postTable(
  { messages: { post: messages, postChanges }, output }: Context,
  items: readonly PostRow[],
  style: Style,
): string {
  const state = (item: PostRow) => {
    if (item.title === null) return style.bad(messages.broken);
    if (item.waiting) return style.warning(messages.waiting);
    const { asked } = item;
    const request = asked ? `, ${style.warning(postChanges.requests[asked])}` : "";
    return `${standing(item)}${request}`;
  };
  const isCorrecting = (item: PostRow) =>
    item.out === true && item.state !== "approved" && item.state !== "draft";
  // The newsroom's state is the correction's, while readers see what is out.
  const standing = (item: PostRow) => {
    if (item.down && item.state === "approved") return messages.states.unpublished;
    if (!item.out || item.state === "draft") return messages.states[item.state];
    const { published } = messages.states;
    return item.state === "approved" ? published : `${published}, ${postChanges.corrections[item.state]}`;
  };
  const link = (item: PostRow) => (isCorrecting(item) && item.link ? [cleanLine(item.link)] : []);
  // A change to what is over has nowhere to go.
  const isChanged = (item: PostRow) => Boolean(item.changed_since) && changeWay(item) !== undefined;
  const changed = (item: PostRow) => {
    const revision = isChanged(item) ? item.changed_since : undefined;
    return revision ? [style.warning(postChanges.changedSince({ revision }))] : [];
  };
  const listed = fitTable(
    items,
    output.resultColumns,
    {
      row: (item) => [
        [state(item), ...changed(item)].join(", "),
        shorten(cleanLine(item.title ?? ""), 60),
        [style.faint(item.slug), ...link(item)].join(" "),
      ],
    },
    (item) =>
      [
        style.strong(cleanLine(item.title ?? item.slug)),
        ...[state(item), ...changed(item)].map((line) => `  ${line}`),
        // A post that cannot be read has no other name.
        ...(item.title === null ? [] : [style.faint(item.slug), ...link(item)].map((line) => `  ${line}`)),
      ].join("\n"),
  );
  const hints = [
    ...(items.some((item) => item.state === "returned" && item.title !== null)
      ? [postChanges.readRemarks]
      : []),
    ...(items.some((item) => item.waiting) ? [messages.sendWaiting] : []),
    ...(["send", "correct", "in_review", "approved", "taken_down"] as const).flatMap((way) => {
      const changed = items.filter((item) => !item.waiting && isChanged(item) && changeWay(item) === way);
      return changed.length > 0 ? [changeHint(way, changed)] : [];
    }),
  ];
  function changeHint(way: ChangeWay, [first, ...others]: readonly PostRow[]): string {
    const named = first && others.length === 0 ? { post: first.slug } : {};
    return way === "send" ? postChanges.sendChanged : postChanges.changeWays[way](named);
  }
  return hints.length > 0 ? `${listed}\n\n${hints.join("\n")}` : listed;
}
