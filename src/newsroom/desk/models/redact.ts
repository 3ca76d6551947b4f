import { type Redaction, redactedKind } from "../../../contract/contract.js";
import type { Fields, ViewContext } from "../types.js";
import { shortened } from "./article.js";
import { type Option, when } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

const excerptLength = 60;

/** What may be taken away of a submission, and what was typed so far. */
export function redactModel(telling: ViewContext, known: LoadedSubmission, typed: Fields): object {
  return {
    title: known.content.title,
    back: `/submissions/${known.submission.id}`,
    action: `/submissions/${known.submission.id}/redact`,
    whats: optionsOf(telling, known, typed.what ?? ""),
    typed: { legal_basis: typed.legal_basis ?? "", reason: typed.reason ?? "" },
  };
}

function optionsOf(telling: ViewContext, known: LoadedSubmission, selected: string): Option[] {
  const words = telling.messages.desk.redaction;
  const gone = new Set(known.redactions.map(keyOf));
  const texts = [
    ...known.revisions.map(({ number, author, at }) => ({
      value: `revision-${number}`,
      label: words.wholeRevision({ n: number, who: author.name, when: when(telling, at) }),
    })),
    ...known.comments.map(({ id, author, body }) => ({
      value: `comment-${id}`,
      label: words.comment({ who: author.name, text: shortened(body, excerptLength) }),
    })),
    ...known.history.flatMap(({ id, by, reason }) =>
      reason === null
        ? []
        : {
            value: `transition-${id}`,
            label: words.transition({ who: by.name, text: shortened(reason, excerptLength) }),
          },
    ),
    ...known.content.photos.map(({ sha256, filename }) => ({
      value: `photo-${sha256}`,
      label: words.photo({ name: shortened(filename, excerptLength) }),
    })),
  ];
  return texts
    .filter(({ value }) => !gone.has(value))
    .map((one) => ({ ...one, selected: one.value === selected }));
}

/** As the form names it. */
function keyOf(one: Redaction): string {
  return `${redactedKind(one)}-${one.comment ?? one.transition ?? one.sha256 ?? one.revision}`;
}

/** The tombstones of a submission, and where an admin takes more away. */
export function tombstonesModel(telling: ViewContext, known: LoadedSubmission, isAdmin: boolean): object {
  const words = telling.messages.desk;
  return {
    redact: isAdmin ? `/submissions/${known.submission.id}/redact` : null,
    tombstones: known.redactions.map((one) => ({
      what:
        one.revision === null
          ? words.redaction.was[redactedKind(one)]
          : words.revisionNumber({ n: one.revision }),
      by: words.redaction.by({ who: one.by.name, when: when(telling, one.at) }),
      legal_basis: one.legal_basis,
      reason: one.reason,
    })),
  };
}
