import type { Context } from "../../context.js";
import type { SubmissionSummary } from "../../contract/contract.js";
import { correctionState } from "../../contract/corrections.js";
import { removesPhotos, states } from "../../contract/lifecycle.js";
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

/** Lists one page of submissions, newest first; above them those of this page for which somebody asks. */
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
    const facts = (item: SubmissionSummary) => {
      const since = waitsSince(item);
      return [
        [...requestOf(context, item), stateOf(context, item)].join(" · "),
        since === undefined ? "" : formatWait(since, host.now(), language),
        kecamatanName(item.kecamatan),
        cleanLine(item.kind),
      ];
    };
    return fitTable(
      [...page.items].sort((a, b) => rankOf(a) - rankOf(b)),
      context.output.resultColumns,
      {
        head: review.columns.map(style.faint),
        row: (item) => [item.id, ...facts(item), title(item)],
      },
      (item) => {
        const [state, ...others] = facts(item);
        return [title(item), state, others.filter(Boolean).join(" · "), style.faint(item.id)].join("\n  ");
      },
    );
  });
  if (page.next_cursor) context.output.note(review.more({ cursor: cleanLine(page.next_cursor) }));
}

/** What somebody wants of a submission besides its review. */
function requestOf({ messages }: Context, { asked, take_down }: SubmissionSummary): string[] {
  if (take_down) return [messages.desk.takeDowns.listed(take_down)];
  return asked ? [messages.desk.queue.asked[asked]] : [];
}

function stateOf({ messages }: Context, item: SubmissionSummary): string {
  const shown = messages.post.states[item.shown];
  const correction = correctionState(item);
  return correction ? `${shown}, ${messages.postChanges.corrections[correction]}` : shown;
}

/** Since when somebody waits for an editor; undefined where nobody does. */
function waitsSince(item: SubmissionSummary): string | undefined {
  if (item.take_down) return item.take_down.requested_at;
  // Its first revision came long before; of these no other time is in the list.
  if (item.asked || correctionState(item) === "submitted") return item.updated_at;
  return item.shown === "submitted" || item.shown === "in_review" ? item.received_at : undefined;
}

/** What cannot wait stands first: children and personal data, other requests, then corrections. Otherwise the newest. */
function rankOf(item: SubmissionSummary): number {
  if (item.take_down) return removesPhotos(item.take_down.cause) ? 0 : 1;
  if (item.asked) return 1;
  return correctionState(item) === "submitted" ? 2 : 3;
}

function kecamatanOf(value: string): string {
  const found = findKecamatan(value);
  if (found) return found.code;
  throw usage("kecamatan-unknown", { given: value, nearest: nearestKecamatan(value)?.name });
}
