import type { Context } from "../../context.js";
import type { PhotoAnswer, PhotoReference } from "../../contract/contract.js";
import { deskPage, photoAnswer } from "../../contract/contract.js";
import { usage } from "../../errors/errors.js";
import { parseDay } from "../../post/dates.js";
import { choiceWords } from "../../post/front-matter/keys.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { clean, cleanLine } from "../../text/clean.js";

type Photos = readonly PhotoReference[];
type Answers = ReadonlyMap<string, PhotoAnswer>;
type Children = PhotoAnswer["children"];

const choices = photoAnswer.shape.children.options;

/** Answers of `--photo <number or start of the hash>=<answer>`, by hash. Throws `photo-answer-invalid` (exit 2). */
export function answersOf(values: readonly string[], photos: Photos): Answers {
  return new Map(
    values.map((value) => {
      const answer = answerOf(value, photos);
      if (!answer) throw usage("photo-answer-invalid", { value, photos: photos.length });
      return [answer.sha256, answer];
    }),
  );
}

function answerOf(value: string, photos: Photos): PhotoAnswer | undefined {
  const [, which = "", word = "", rest] = /^\s*([0-9a-f]+)\s*=\s*([a-z-]+)\s*(?::(.*))?$/s.exec(value) ?? [];
  const sha256 = photoNamed(which, photos);
  const children = (choiceWords.children as Readonly<Record<string, string>>)[word];
  const consent = rest === undefined ? undefined : consentOf(rest);
  const isWhole = (children === "consented") === (consent !== undefined);
  const read = photoAnswer.safeParse({ sha256, children, ...(consent && { consent }) });
  return read.success && isWhole ? read.data : undefined;
}

/** @param which the number of a photo as it is listed, from 1, or at least six digits of its hash */
function photoNamed(which: string, photos: Photos): string | undefined {
  if (/^\d{1,2}$/.test(which)) return photos[Number(which) - 1]?.sha256;
  const found = new Set(photos.map(({ sha256 }) => sha256).filter((sha256) => sha256.startsWith(which)));
  return which.length >= 6 && found.size === 1 ? [...found][0] : undefined;
}

/** Splits "Ibu Ratna, S.Pd.,2026-11-22,laman": the day is what separates a name from a purpose, which may have commas. */
function consentOf(text: string): PhotoAnswer["consent"] {
  const parts = text.split(",").map((part) => part.trim());
  const day = parts.findIndex((part, index) => index > 0 && dayOf(part) !== undefined);
  if (day < 0) return undefined;
  return {
    by: parts.slice(0, day).join(", "),
    date: dayOf(parts[day]!)!,
    scope: parts.slice(day + 1).join(", "),
  };
}

/** A day, not "hari ini": tomorrow that would be another one. */
function dayOf(text: string): string | undefined {
  return /\d/.test(text) ? parseDay(text, "") : undefined;
}

/** The photos that approval asks about and that are not answered yet, each once. */
function unanswered(answers: Answers, photos: Photos): { photo: PhotoReference; n: number }[] {
  return photos.flatMap((photo, index) => {
    const isFirst = photos.findIndex(({ sha256 }) => sha256 === photo.sha256) === index;
    const isOpen = photo.children === "unchecked" && !answers.has(photo.sha256);
    return isOpen && isFirst ? [{ photo, n: index + 1 }] : [];
  });
}

const named = ({ n, photo }: { n: number; photo: PhotoReference }) => ({
  n,
  name: cleanLine(photo.filename),
});

/** Throws `photo-unanswered` (exit 2) before anything is sent, if nobody can be asked. */
export async function requireAnswers(
  context: Context,
  answers: Answers,
  photos: Photos,
  submission: string,
): Promise<void> {
  const open = unanswered(answers, photos).map(named);
  if (open.length === 0 || (await context.prompter())) return;
  throw usage("photo-unanswered", { open, submission });
}

/**
 * Asks about each photo that nobody has looked at, and tells where it can be seen. Throws `photo-unanswered` (exit 2) for one that the editor
 * has not seen either: nothing is approved then.
 *
 * @param answers those that were given already
 */
export async function askAnswers(
  context: Context,
  answers: Answers,
  photos: Photos,
  { id, origin }: { id: string; origin: string },
): Promise<PhotoAnswer[]> {
  const all = [...answers.values()];
  const prompter = await context.prompter();
  if (!prompter) return all;
  const open = unanswered(answers, photos);
  for (const [index, { photo, n }] of open.entries()) {
    context.output.note(describe(context, photo, n, photos.length));
    context.output.note(`  ${context.messages.review.seeAt}: ${cleanLine(deskPage(origin, id))}`);
    const answer = await ask(context, prompter, photo.sha256);
    if (!answer) throw usage("photo-unanswered", { open: open.slice(index).map(named), submission: id });
    all.push(answer);
  }
  return all;
}

function describe({ messages }: Context, photo: PhotoReference, n: number, total: number): string {
  const { review } = messages;
  return [
    `\n${review.photoLooked({ n, total, name: cleanLine(photo.filename) })}`,
    `  ${review.caption}: ${clean(photo.caption)}`,
    `  ${review.alt}: ${clean(photo.alt)}`,
  ].join("\n");
}

/** Returns nothing for a photo that was not seen. That comes first: Enter alone says nothing of a photo. */
async function ask(
  { messages }: Context,
  prompter: Prompter,
  sha256: string,
): Promise<PhotoAnswer | undefined> {
  const { review } = messages;
  const children = await prompter.select<Children | undefined>({
    message: review.askChildren,
    choices: [
      { name: review.unseen, value: undefined },
      ...choices.map((value) => ({ name: review.childrenStates[value], value })),
    ],
  });
  if (children === undefined) return undefined;
  if (children !== "consented") return { sha256, children };
  const required = (text: string) => (text.trim() ? "" : review.needText);
  const by = await prompter.text({ message: review.askConsentBy, validate: required });
  const date = await prompter.text({
    message: review.askConsentDate,
    validate: (text) => (dayOf(text) ? "" : review.needDate),
  });
  const scope = await prompter.text({ message: review.askConsentScope, validate: required });
  return { sha256, children, consent: { by: by.trim(), date: dayOf(date)!, scope: scope.trim() } };
}
