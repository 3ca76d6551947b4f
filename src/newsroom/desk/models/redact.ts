import { type Redaction, redactedKind } from "../../../contract/contract.js";
import { shorten } from "../../texts/article.js";
import type { Fields, ViewContext } from "../types.js";
import { formatTime, type Option } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

const excerptLength = 60;

/** The redaction form: the parts that can be redacted, and the typed values. */
export function redactModel(context: ViewContext, loaded: LoadedSubmission, typed: Fields): object {
  return {
    title: loaded.content.title,
    back: `/submissions/${loaded.submission.id}`,
    action: `/submissions/${loaded.submission.id}/redact`,
    targets: optionsOf(context, loaded, typed.what ?? ""),
    typed: { legal_basis: typed.legal_basis ?? "", reason: typed.reason ?? "" },
  };
}

function optionsOf(context: ViewContext, loaded: LoadedSubmission, selected: string): Option[] {
  const messages = context.messages.desk.redaction;
  const gone = new Set(loaded.redactions.map(keyOf));
  const texts = [
    ...loaded.revisions.map(({ number, author, at }) => ({
      value: `revision-${number}`,
      label: messages.wholeRevision({ n: number, who: author.name, when: formatTime(context, at) }),
    })),
    ...loaded.comments.map(({ id, author, body }) => ({
      value: `comment-${id}`,
      label: messages.comment({ who: author.name, text: shorten(body, excerptLength) }),
    })),
    ...loaded.history.flatMap(({ id, by, reason }) =>
      reason === null
        ? []
        : {
            value: `transition-${id}`,
            label: messages.transition({ who: by.name, text: shorten(reason, excerptLength) }),
          },
    ),
    ...loaded.content.photos.map(({ sha256, filename }) => ({
      value: `photo-${sha256}`,
      label: messages.photo({ name: shorten(filename, excerptLength) }),
    })),
  ];
  return texts
    .filter(({ value }) => !gone.has(value))
    .map((option) => ({ ...option, selected: option.value === selected }));
}

/** Returns the form's value for the redacted part. */
function keyOf(redaction: Redaction): string {
  return `${redactedKind(redaction)}-${redaction.comment ?? redaction.transition ?? redaction.sha256 ?? redaction.revision}`;
}

/** The tombstones of a submission, and the address of the redaction form for admins. */
export function tombstonesModel(context: ViewContext, loaded: LoadedSubmission, isAdmin: boolean): object {
  const messages = context.messages.desk;
  return {
    redact: isAdmin ? `/submissions/${loaded.submission.id}/redact` : null,
    tombstones: loaded.redactions.map((redaction) => ({
      what:
        redaction.revision === null
          ? messages.redaction.was[redactedKind(redaction)]
          : messages.revisionNumber({ n: redaction.revision }),
      by: messages.redaction.by({ who: redaction.by.name, when: formatTime(context, redaction.at) }),
      legal_basis: redaction.legal_basis,
      reason: redaction.reason,
    })),
  };
}
