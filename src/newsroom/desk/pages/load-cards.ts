import { quotingChannels } from "../../../contract/corrections.js";
import { comparedRevisions, correctionRemarks } from "../../../contract/kept-photos.js";
import type { Caller } from "../../services/caller.js";
import { readRevision } from "../../services/submissions/read.js";
import { findRenderings } from "../../services/submissions/renderings.js";
import { photoAddress } from "../models/content.js";
import { kecamatanName } from "../models/format.js";
import type { LoadedSubmission } from "../models/loaded-submission.js";
import type { Desk, ViewContext } from "../types.js";

/** Draws what each channel shows of the revision on the page: as it was approved, or as approval would freeze it. */
export async function loadCards(
  desk: Pick<Desk, "store" | "texts">,
  caller: Caller,
  { messages, language }: ViewContext,
  { submission, revision, sizes }: LoadedSubmission,
): Promise<object> {
  const words = messages.preview;
  const source = await findRenderings(desk.store, caller, submission.id, revision);
  // A photo that was removed is in no rendering, or has no size here.
  const shown = source.frozen ? sizes : source.input.photos;
  const pictures = new Map(
    [...shown].map(([sha256, size]) => [sha256, { ...size, address: photoAddress(sha256) }]),
  );
  const cards = await desk.texts.cards({
    source: source.frozen ? source.renderings : { input: source.input, channels: source.channels },
    pictures,
    name: `Kecamatan ${kecamatanName(submission.kecamatan)}`,
    remarks: await loadRemarks(desk, caller, { submission, revision }),
    quoting: quotingChannels(submission.publications, revision),
    language,
  });
  const note = source.frozen ? words.frozen : words.sectionHint;
  return { words, cards, cards_note: cards ? note : words.unavailable };
}

/** What the revision on the page corrects in place, and which photos stay out all the same. */
async function loadRemarks(
  { store }: Pick<Desk, "store">,
  caller: Caller,
  { submission, revision }: Pick<LoadedSubmission, "submission" | "revision">,
) {
  const shown = { approval: { revision }, publications: submission.publications };
  const contents = await Promise.all(
    comparedRevisions(shown).map(
      async (number) => [number, (await readRevision(store, caller, submission.id, number)).content] as const,
    ),
  );
  return correctionRemarks(shown, new Map(contents));
}
