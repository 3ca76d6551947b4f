import type { Context } from "../../context.js";
import type { SubmissionSummary } from "../../contract/contract.js";
import { states } from "../../contract/lifecycle.js";
import { usage } from "../../errors/errors.js";
import { findKecamatan, nearestKecamatan } from "../../region/kecamatan.js";
import { oneOfTranslated } from "../../terminal/prompts/ask.js";
import { fitTable, shorten } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { formatWait } from "../../text/instant.js";
import { kecamatanName } from "../newsroom/person.js";
import { openNewsroom } from "./step.js";

interface Input {
  state?: string;
  kecamatan?: string;
  cursor?: string;
  url?: string;
}

/** Lists one page of submissions, newest first. */
export async function run(context: Context, input: Input): Promise<void> {
  const { messages, language, host } = context;
  const { review } = messages;
  const query = {
    state:
      input.state === undefined
        ? undefined
        : oneOfTranslated("--state", input.state, states, messages.post.states),
    kecamatan: input.kecamatan === undefined ? undefined : kecamatanOf(input.kecamatan),
    cursor: input.cursor,
  };
  const page = await (await openNewsroom(context, input.url)).submissions(query);
  context.output.result(page, (style) => {
    if (page.items.length === 0) return review.none;
    const title = (item: SubmissionSummary) =>
      `${item.priority === "urgent" ? `${style.bad(review.urgent)} ` : ""}${style.strong(shorten(cleanLine(item.title), 60))}`;
    const facts = (item: SubmissionSummary) => [
      messages.post.states[item.shown],
      formatWait(item.received_at, host.now(), language),
      kecamatanName(item.kecamatan),
      cleanLine(item.kind),
    ];
    return fitTable(
      page.items,
      context.output.resultColumns,
      {
        head: review.columns.map(style.faint),
        row: (item) => [item.id, ...facts(item), title(item)],
      },
      (item) => {
        const [state, ...others] = facts(item);
        return [title(item), state, others.join(" · "), style.faint(item.id)].join("\n  ");
      },
    );
  });
  if (page.next_cursor) context.output.note(review.more({ cursor: cleanLine(page.next_cursor) }));
}

function kecamatanOf(value: string): string {
  const found = findKecamatan(value);
  if (found) return found.code;
  throw usage("kecamatan-unknown", { given: value, nearest: nearestKecamatan(value)?.name });
}
