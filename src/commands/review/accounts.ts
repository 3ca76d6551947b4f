import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import type { Outlet } from "../../contract/contract.js";
import { fitTable } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { kecamatanName } from "../newsroom/person.js";
import { openNewsroom } from "./step.js";

/** Lists the accounts that machines have announced: whose they are, and whether somebody publishes on them. */
export async function run(context: Context, input: { url?: string }): Promise<void> {
  const { language, output } = context;
  const messages = context.messages.outlets;
  const items = await (await openNewsroom(context, input.url)).outlets();
  const when = (instant: string) => formatInstant(instant, language);
  output.result({ items, next_cursor: null }, (style) => {
    if (items.length === 0) return messages.none;
    const state = ({ paused }: Outlet) =>
      paused ? style.bad(messages.paused({ when: when(paused.since) })) : style.good(messages.works);
    const facts = ({ kecamatan, by, seen_at, claimed, publisher_seen_at }: Outlet) => [
      kecamatanName(kecamatan) || messages.kabupaten,
      `${cleanLine((claimed ?? { by }).by.name)}, ${when(claimed?.at ?? seen_at)}`,
      publisher_seen_at ? when(publisher_seen_at) : messages.never,
    ];
    return fitTable(
      items,
      output.resultColumns,
      {
        head: messages.columns.map(style.faint),
        row: (outlet) => [
          channelLabel(outlet.channel),
          style.strong(cleanLine(outlet.label)),
          cleanLine(outlet.account),
          ...facts(outlet),
          state(outlet),
        ],
      },
      (outlet) =>
        [
          `${channelLabel(outlet.channel)} ${style.strong(cleanLine(outlet.label))}  ${state(outlet)}`,
          `  ${facts(outlet).join(" · ")}`,
          `  ${style.faint(cleanLine(outlet.account))}`,
        ].join("\n"),
    );
  });
}
