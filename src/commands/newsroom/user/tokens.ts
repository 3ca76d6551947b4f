import type { Context } from "../../../context.js";
import type { DeviceLogin } from "../../../contract/contract.js";
import { abilities } from "../../../contract/roles.js";
import { fitTable } from "../../../terminal/table.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant, formatWait } from "../../../text/instant.js";
import { formatPerson } from "../person.js";
import { type DirectoryFlags, openPeople } from "./directory.js";

interface Input extends DirectoryFlags {
  user: string;
  end?: string;
}

/** Shows on which devices a person is logged in, and ends one of these logins or all; `revoke` ends the person's access. */
export async function run(context: Context, input: Input): Promise<void> {
  const { user, items, ended } = await (await openPeople(context, input)).tokens(input.user, input.end);
  const messages = context.messages.newsroom.tokens;
  const who = formatPerson(user);
  context.output.result({ user, items, ended }, (style) => {
    const listed = items.length > 0 ? tableOf(context, items) : messages.none({ who });
    if (input.end === undefined) return `${messages.of({ who })}\n${listed}`;
    if (ended.length === 0) return messages.noneToEnd({ who });
    const names = ended.map(({ label }) => cleanLine(label));
    return [
      `${style.good("✓")} ${messages.ended({ who, names })}`,
      ...(items.length > 0 ? [messages.left, listed] : [messages.noneLeft]),
    ].join("\n");
  });
  if (!user.active && items.length > 0) context.output.note(messages.noAccess);
  const name = `"${cleanLine(user.name)}"`;
  const advise = (sentence: string, ...commands: string[]) =>
    context.output.note(
      [sentence, ...commands.map((command) => `  kominfo newsroom user ${command}`)].join("\n"),
    );
  const [first, ...others] = items;
  if (input.end === undefined && first) {
    advise(others.length > 0 ? messages.endFirst : messages.endOne, `tokens ${name} --end ${first.id}`);
    if (others.length > 0) advise(messages.endAll, `tokens ${name} --end all`);
  }
  if (ended.length > 0 && user.active && abilities[user.role].codes)
    context.output.note(messages.newCode({ name: cleanLine(user.name) }));
  if (abilities[user.role].desk) advise(messages.deskApart, `suspend ${name}`, `suspend ${name} --lift`);
}

function tableOf(context: Context, items: readonly DeviceLogin[]): string {
  const { columns, never } = context.messages.newsroom.tokens;
  const { language, output, host } = context;
  const age = (instant: string) => formatWait(instant, host.now(), language);
  const when = (instant: string | null) => (instant ? formatInstant(instant, language) : "–");
  const cells = ({ id, label, created_at, last_used_at, expires_at }: DeviceLogin) => [
    cleanLine(label),
    age(created_at),
    last_used_at ? when(last_used_at) : never,
    when(expires_at),
    id,
  ];
  const { noteStyle: style } = output;
  return fitTable(items, output.resultColumns, { head: columns.map(style.faint), row: cells }, (item) =>
    cells(item)
      .map((cell, i) => (i === 0 ? style.strong(cell) : `  ${columns[i]}: ${cell}`))
      .join("\n"),
  );
}
