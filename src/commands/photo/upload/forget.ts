import type { Context } from "../../../context.js";
import { cancelled, type ExitCode, exit, usage } from "../../../errors/errors.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { cleanLine } from "../../../text/clean.js";
import { looseNameKey } from "../../../text/same-name.js";
import { unfinishedBatches } from "../../../upload/batches.js";
import { forgetBatch, waitingIn } from "../../../upload/forget.js";
import type { Target } from "../../../upload/types.js";
import { targetJson } from "./upload-report.js";

/**
 * Takes an unfinished batch out of what `sync` sends; a person at a terminal is asked first, unless they have said `yes`. Throws `nothing-waits-for` (exit 2) where none is of
 * that album or post, and `declined` (exit 130).
 */
export async function forget(context: Context, wanted: string, yes = false): Promise<ExitCode> {
  const { host, output, messages } = context;
  const { root } = await context.workspace();
  const batches = await unfinishedBatches(root, host.hostname);
  const named = batches.filter(({ state }) => namesOf(state.begun!.target).includes(looseNameKey(wanted)));
  if (named.length === 0) {
    const waiting = batches.map(({ state }) => cleanLine(state.begun!.target.slug));
    throw usage("nothing-waits-for", { name: wanted, waiting });
  }
  const prompter = yes ? undefined : await context.prompter();
  if (prompter) {
    const counts = named.map(({ state }) => waitingIn(state));
    const count = counts.reduce((sum, { agreed, unagreed }) => sum + agreed + unagreed, 0);
    const where = named.map(({ state }) => whereOf(context, state.begun!.target)).join(", ");
    const question = { message: messages.upload.askForget({ count, where }), default: false };
    if (!(await untouched(() => prompter.confirm(question)))) throw cancelled("declined");
  }
  const forgotten: { target: Target; photos: number }[] = [];
  for (const { state, place } of named) {
    const { target } = state.begun!;
    forgotten.push({ target, photos: await forgetBatch(place, host.now) });
  }
  const json = { forgotten: forgotten.map(({ target, photos }) => ({ ...targetJson(target), photos })) };
  output.result(json, (style) =>
    forgotten
      .map(({ target, photos }) => {
        const where = whereOf(context, target);
        return `${style.good("✓")} ${messages.upload.forgotten({ where, count: photos })}`;
      })
      .join("\n"),
  );
  return exit.done;
}

/** "album "Senam"", "naskah musrenbang" */
export function whereOf({ messages }: Pick<Context, "messages">, target: Target): string {
  return messages.upload.to(target.kind === "event" ? { event: target.title } : { post: target.slug });
}

function namesOf(target: Target): string[] {
  const names = target.kind === "event" ? [target.slug, target.title] : [target.slug];
  return names.map(looseNameKey);
}
