import type { Context } from "../../../context.js";
import { longDate } from "../../../post/dates.js";
import type { Answers, Post, Template } from "../../../post/types.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { cleanLine } from "../../../text/clean.js";
import { eventsDue, newsKind } from "../agenda-hint.js";

/**
 * What the news of an event that is over takes over from its agenda: name, day, place, village and category. A person chooses among several
 * events, or another one; empty then, and where no event is due.
 *
 * @param day YYYY-MM-DD that was given: only events of that day, and a single one without asking
 */
export async function askEvent(
  context: Context,
  prompter: Prompter,
  template: Template,
  day: string | undefined,
): Promise<Answers> {
  if (template.name !== newsKind) return {};
  const due = (await eventsDue(context)).filter(({ event_date }) => day === undefined || event_date === day);
  const [first] = due;
  if (first === undefined) return {};
  const { ofWhichEvent, otherEvent, takenOver } = context.messages.postChanges;
  const isNamed = day !== undefined && due.length === 1;
  const event = isNamed
    ? first
    : await untouched(() =>
        prompter.select<Post | undefined>({
          message: ofWhichEvent,
          choices: [
            ...due.map((value) => ({
              name: cleanLine(value.title),
              value,
              description: [longDate(value.event_date!), value.place].filter(Boolean).join(", "),
            })),
            { name: otherEvent, value: undefined },
          ],
        }),
      );
  if (event === undefined) return {};
  context.output.note(takenOver({ title: cleanLine(event.title) }));
  return answersOf(event, template);
}

/** Only what fits the question it answers: a longer name stays out, and is asked for. */
function answersOf({ title, event_date, place, village, category }: Post, template: Template): Answers {
  const known = {
    ...{ kegiatan: title, tanggal: event_date, lokasi: place, desa_kelurahan: village },
    kategori: category,
  };
  const fitting = Object.entries(known).filter(([key, value]) => {
    const question = template.questions.find((candidate) => candidate.key === key);
    return question && value && value.length <= (question.max ?? Number.POSITIVE_INFINITY);
  });
  return Object.fromEntries(fitting) as Answers;
}
