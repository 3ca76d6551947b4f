import { cancelled } from "../errors/errors.js";
import { type Fact, type Journal, refused, unanswered } from "./journal.js";
import type { UploadPlan } from "./plan.js";
import { end, sourceFact } from "./record.js";
import type { UploadRequest } from "./request.js";
import type { UploadSource } from "./types.js";

/** Asks before anything is sent. What a person does not agree to, no later `sync` may send, which may run unattended. */
export async function agree(request: UploadRequest, journal: Journal, plan: UploadPlan): Promise<void> {
  let isAgreed = false;
  // Older versions know only failures, and forget that of a photo once it was made.
  const asked = unansweredOf(request, journal);
  await journal.add(
    ...asked.map(({ displayPath }): Fact => ({ fact: "failed", source: displayPath, code: unanswered })),
  );
  await journal.sync();
  try {
    isAgreed = (await request.confirm?.(plan)) ?? true;
  } finally {
    if (!isAgreed) {
      const { attached } = journal.state;
      const open = request.sources.filter(
        ({ displayPath }) => !attached.has(journal.state.made.get(displayPath)?.sha256 ?? ""),
      );
      await journal.add(
        ...open.map(({ displayPath }): Fact => ({ fact: "failed", source: displayPath, code: refused })),
      );
      if (request.isResumed) await journal.sync();
      else await end(request, journal, []);
    }
  }
  if (!isAgreed) throw cancelled("declined");
}

/** The photos of this batch whose question has no answer yet. */
function unansweredOf({ sources }: UploadRequest, { state }: Journal): readonly UploadSource[] {
  return sources.filter(({ displayPath }) => state.failed.get(displayPath) === unanswered);
}

/** Records that these photos may be sent, also by a later `sync`. */
export async function release(request: UploadRequest, journal: Journal): Promise<void> {
  await journal.add(...unansweredOf(request, journal).map(sourceFact));
  await journal.sync();
}
