import type { Context } from "../../../context.js";
import { type ExitCode, exit, usage } from "../../../errors/errors.js";
import { cleanLine } from "../../../text/clean.js";
import { looseNameKey } from "../../../text/same-name.js";
import { unfinishedBatches } from "../../../upload/batches.js";
import { forgetBatch } from "../../../upload/forget.js";
import type { Target } from "../../../upload/types.js";
import { targetJson } from "./upload-report.js";

/** Takes an unfinished batch out of what `sync` sends. Throws `nothing-waits-for` (exit 2) where none is of that album or post. */
export async function forget(context: Context, wanted: string): Promise<ExitCode> {
  const { host, output, messages } = context;
  const { root } = await context.workspace();
  const batches = await unfinishedBatches(root, host.hostname);
  const named = batches.filter(({ state }) => namesOf(state.begun!.target).includes(looseNameKey(wanted)));
  if (named.length === 0) {
    const waiting = batches.map(({ state }) => cleanLine(state.begun!.target.slug));
    throw usage("nothing-waits-for", { name: wanted, waiting });
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
        const where = messages.upload.to(
          target.kind === "event" ? { event: target.title } : { post: target.slug },
        );
        return `${style.good("✓")} ${messages.upload.forgotten({ where, count: photos })}`;
      })
      .join("\n"),
  );
  return exit.done;
}

function namesOf(target: Target): string[] {
  const names = target.kind === "event" ? [target.slug, target.title] : [target.slug];
  return names.map(looseNameKey);
}
