import type { Context } from "../../context.js";
import { shownInstant } from "../../language/instant.js";
import { cleanLine } from "../../terminal/clean.js";
import { table } from "../../terminal/table.js";
import { openPeople, type Where } from "./people.js";
import { kecamatanName } from "./person.js";

export async function run(context: Context, input: Where): Promise<void> {
  const words = context.messages.newsroom;
  const items = await (await openPeople(context, input)).list();
  const when = (instant: string | null) => (instant ? shownInstant(instant, context.language) : "–");
  context.output.result({ items, next_cursor: null }, (style) => {
    if (items.length === 0) return words.nobody;
    const rows = items.map((one) => [
      one.id,
      style.strong(cleanLine(one.name)),
      one.role,
      kecamatanName(one.kecamatan) || "–",
      one.active ? style.good(words.active) : style.faint(words.ended),
      when(one.expires_at),
      when(one.last_used_at),
    ]);
    return table([words.columns.map(style.faint), ...rows]);
  });
}
