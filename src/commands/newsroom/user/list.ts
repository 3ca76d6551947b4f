import type { Context } from "../../../context.js";
import type { User } from "../../../contract/contract.js";
import { fitTable } from "../../../terminal/table.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import { formatPerson, kecamatanName } from "../person.js";
import { type DirectoryFlags, openPeople } from "./directory.js";

export async function run(context: Context, input: DirectoryFlags): Promise<void> {
  const messages = context.messages.newsroom;
  const items = await (await openPeople(context, input)).list();
  const when = (instant: string | null) => (instant ? formatInstant(instant, context.language) : "–");
  context.output.result({ items, next_cursor: null }, (style) => {
    if (items.length === 0) return context.output.nextStep(messages.nobody);
    const access = (user: User) => (user.active ? style.good(messages.active) : style.faint(messages.ended));
    // What tells two people of one name apart on a narrow terminal, too.
    const added = ({ created_at }: User) =>
      created_at === undefined ? "" : `  ${messages.addedAt({ when: when(created_at) })}`;
    return fitTable(
      items,
      context.output.resultColumns,
      {
        head: messages.columns.map(style.faint),
        row: (user) => [
          user.id,
          style.strong(cleanLine(user.name)),
          user.role,
          kecamatanName(user.kecamatan) || "–",
          access(user),
          when(user.expires_at),
          when(user.last_used_at),
          when(user.created_at ?? null),
        ],
      },
      (user) =>
        `${style.strong(formatPerson(user))}  ${access(user)}\n  ${style.faint(user.id)}${added(user)}`,
    );
  });
}
