import { isDeepStrictEqual } from "node:util";
import { exit, type KominfoError } from "../errors/errors.js";
import { type Fact, forgotten, type Journal, needsAnswer, unanswered } from "./journal.js";
import type { UploadRequest } from "./request.js";
import type { UploadedPhoto, UploadSource } from "./types.js";

/** Records the target and the photos of the batch. From here on `sync` can finish it, but for what a person is still to be asked about. */
export async function begin(request: UploadRequest, journal: Journal): Promise<void> {
  const { target, newsroom, sources, now } = request;
  const { begun } = journal.state;
  const isOver = journal.state.ended;
  const isSame = begun?.origin === newsroom.origin && JSON.stringify(begun.target) === JSON.stringify(target);
  if (!isSame) {
    await journal.add({ fact: "begun", at: now().toISOString(), target, origin: newsroom.origin });
  }
  const facts: Fact[] = [];
  for (const { displayPath, captions, blur } of sources) {
    const recorded = journal.state.sources.get(displayPath);
    const isBlurredSo = isDeepStrictEqual(journal.state.blurs.get(displayPath), blur);
    const failure = journal.state.failed.get(displayPath);
    const isUnagreed = needsAnswer(failure);
    const isSaid = recorded && JSON.stringify(recorded) === JSON.stringify(captions) && isBlurredSo;
    const isAsked = request.confirm !== undefined && (!recorded || isOver || !isSame || isUnagreed);
    if (isSaid && !isUnagreed && failure !== forgotten && !isAsked) continue;
    facts.push({ ...sourceFact({ displayPath, captions, blur }), ...(isAsked && { unanswered: true }) });
  }
  await journal.add(...facts);
  await journal.sync();
}

/** The fact that this photo may be sent. */
export function sourceFact({
  displayPath,
  captions,
  blur,
}: Pick<UploadSource, "displayPath" | "captions" | "blur">): Extract<Fact, { fact: "source" }> {
  const boxes = blur?.map(([x, y, w, h]): [number, number, number, number] => [x, y, w, h]);
  return { fact: "source", source: displayPath, words: captions, ...(boxes && { blur: boxes }) };
}

/** The fact of a permanent failure; none when the failure may pass or is recorded already. */
export function failureFacts(journal: Journal, source: string, error: KominfoError): Fact[] {
  const passes = error.exit === exit.temporary || error.exit === exit.denied;
  if (passes || journal.state.failed.get(source) === error.code) return [];
  return [{ fact: "failed", source, code: error.code }];
}

/** Records permanent failures and, when no photo is left, the end of the batch. */
export async function end(
  { now }: UploadRequest,
  journal: Journal,
  photos: readonly UploadedPhoto[],
): Promise<void> {
  await journal.add(
    ...photos.flatMap(({ source, error }) => (error ? failureFacts(journal, source, error) : [])),
  );
  const { sources, made, attached, failed, ended } = journal.state;
  const isSettled = (source: string) =>
    (failed.has(source) && failed.get(source) !== unanswered) || attached.has(made.get(source)?.sha256 ?? "");
  if (!ended && [...sources.keys()].every(isSettled)) {
    await journal.add({ fact: "ended", at: now().toISOString() });
  }
  await journal.sync();
}
