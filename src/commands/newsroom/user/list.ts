import type { Context } from "../../../context.js";
import type { User } from "../../../contract/contract.js";
import { fitted } from "../../../terminal/table.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import { formatPerson, kecamatanName } from "../person.js";
import { type DirectoryFlags, openPeople } from "./directory.js";

export async function run(context: Context, input: DirectoryFlags): Promise<void> {
  const words = context.messages.newsroom;
  const items = await (await openPeople(context, input)).list();
  const when = (instant: string | null) => (instant ? formatInstant(instant, context.language) : "–");
  context.output.result({ items, next_cursor: null }, (style) => {
    if (items.length === 0) return words.nobody;
    const access = (one: User) => (one.active ? style.good(words.active) : style.faint(words.ended));
    return fitted(
      items,
      context.output.resultColumns,
      {
        head: words.columns.map(style.faint),
        row: (one) => [
          one.id,
          style.strong(cleanLine(one.name)),
          one.role,
          kecamatanName(one.kecamatan) || "–",
          access(one),
          when(one.expires_at),
          when(one.last_used_at),
        ],
      },
      (one) => `${style.strong(formatPerson(one))}  ${access(one)}\n  ${style.faint(one.id)}`,
    );
  });
}
