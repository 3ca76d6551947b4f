import type { DiagnosticParamsByCode } from "../../errors/diagnostics.js";
import type { DiagnosticSentences } from "../types.js";

/** By the parser's code. */
const yamlFaults: Readonly<Record<string, string>> = {
  TOO_DEEP: "there are too many levels within levels",
  BAD_INDENT: "the indent of this line must be that of the other lines of its group",
  BAD_SCALAR_START: "a value cannot begin with this sign; put the value in quotes",
  BAD_DQ_ESCAPE: "there is a \\ inside double quotes; put this value in single quotes",
  BLOCK_AS_IMPLICIT_KEY: "this value holds a colon; put it in quotes",
  MISSING_CHAR: "something is missing here: the colon after the name of a key, or a closing bracket",
  MULTILINE_IMPLICIT_KEY:
    "after the name of a key there must be a colon and a space, and its value on the same line",
  UNEXPECTED_TOKEN: "a sign is out of place; put the value in quotes",
  BLOCK_IN_FLOW: "a list or group on one line must be closed on that line",
  MULTIPLE_DOCS: "a second part begins here; delete the line that separates it",
};

export const diagnostics: DiagnosticSentences<DiagnosticParamsByCode> = {
  required: () => "is required",
  "local-approval-missing": () => "is required: kominfo.yaml wants a superior's approval",
  "instant-to-come": () => "is still to come; write when it was really approved",
  // posts: how index.md and templates are written
  "not-utf8": (p) => `is saved as ${p.encoding}; open it in an editor and save it again as UTF-8`,
  "not-text": (p) =>
    ({
      lost: "a letter was lost and has become the sign \ufffd; correct it and save as UTF-8",
      damaged: "this UTF-16 text is damaged or cut off; save it again as UTF-8",
      mixed: "part of this text is UTF-8 and part is not; save it again as UTF-8",
      binary: "this is not text, or it is saved in an unknown way; save it again as UTF-8",
    })[p.fault],
  "file-too-long": (p) => `is too large; at most ${p.max} bytes`,
  "front-matter-start": (p) => `the first line must be exactly "---", not "${p.found}"`,
  "front-matter-end": () => 'the top part must be closed by a line that is exactly "---"',
  "stray-keys": (p) =>
    `after the top part is closed there is still the key "${p.name}" (line ${p.at}), which would be published as text; delete the "---" above it that is too much, or move the key to the top part`,
  "stray-dashes": () => 'this line "---" would be published as text; delete it unless it is meant',
  "yaml-quote": (p) => `this value needs quotes; write: ${p.mended}`,
  "yaml-hard-space": (p) =>
    `there is a hard space here, usually copied from Word or WhatsApp; put a plain space instead: ${p.mended}`,
  "yaml-space": (p) => `after the colon there must be a space; write: ${p.mended}`,
  "yaml-colon": (p) => `the colon here is not a plain colon; write: ${p.mended}`,
  "yaml-typed-quotes": (p) =>
    `the quotes “ ” here are published with the text; unless it is a quotation, write: ${p.mended}`,
  "yaml-list": (p) => `several words are written as a list, without #; write: ${p.mended}`,
  "yaml-comment": (p) =>
    `the text from # on would be lost as a comment; put it in quotes, for example: ${p.mended}`,
  "yaml-placeholder": (p) => `a placeholder {{ … }} needs quotes; write: ${p.mended}`,
  "yaml-duplicate": () => "this key is already above; remove one of them",
  "yaml-tab": () => "do not indent with tabs; use spaces",
  "yaml-unclosed": (p) => `the quote that opens here is not closed${p.mended ? `; write: ${p.mended}` : ""}`,
  "yaml-special": (p) =>
    `a value that starts with &, * or ! needs quotes${p.mended ? `; write: ${p.mended}` : ""}`,
  "yaml-invalid": (p) => yamlFaults[p.reason] ?? "this cannot be read; compare it with the lines around it",
  "unknown-key": (p) => `is not a known key${p.nearest ? `; did you mean "${p.nearest}"?` : ""}`,
  // posts: values
  "text-expected": () => "must be text",
  "point-expected": () =>
    "must be two numbers from 0 to 1, from the left and from the top, such as [0.5, 0.3]",
  "list-expected": () => "must be a list",
  "group-expected": () => "must be a group of keys and values",
  "one-of": (p) =>
    `must be one of: ${p.choices.join(", ")}${p.nearest ? `; did you mean "${p.nearest}"?` : ""}`,
  "date-expected": (p) =>
    p
      ? `${p.impossible} is not in the calendar; check day and month`
      : 'must be a date, for example "2026-11-22" or "22 November 2026"',
  "weekday-differs": (p) =>
    `${p.date} is a ${p.weekday}, not a ${p.written}; correct the weekday or the date`,
  "time-expected": () => 'must be a time, for example "09.30"',
  "instant-expected": (p) =>
    p
      ? `${p.impossible} is not in the calendar; check day and month`
      : 'must be a date and time, for example "2026-11-22 09.30 WIB"',
  "number-expected": () => 'must be a number, for example "1.250.000"',
  "phone-expected": () => 'must be a telephone number, for example "(021) 8990 1234"',
  "yes-no-expected": () => 'must be "ya" (yes) or "tidak" (no)',
  "kind-expected": () =>
    'must be the name of a template: small letters and hyphens, such as "berita-kegiatan"',
  "too-long": (p) => `is too long: ${p.length} characters, at most ${p.max}`,
  "too-many": (p) => `are too many; at most ${p.max}`,
  unstorable: () => "holds a character that cannot be stored",
  "photo-path": () => 'must point to a file inside the folder of the post, for example "foto/IMG_0001.jpg"',
  "photo-twice": () => "this photo is already above",
  "one-lead-photo": () => "only one photo can be the lead photo",
  "internal-in-public": (p) =>
    `is for the newsroom only, but stands in ${p.where === "" ? "the text of the post" : p.where} too, which the public reads; remove it there`,
  "body-empty": () => "the text of the post is still empty",
  "placeholder-left": (p) => `something is still to be filled in: ${p.text}`,
  "conflict-left": (p) => `changed here and at the newsroom too; keep one, then delete ${p.mark}`,
  "correction-note": () =>
    'this post is out: write one sentence for readers on what is corrected, such as ralat: "There were 120 participants, not 210."',
  // what cannot be, or is hardly meant
  "box-expected": () =>
    'must be left, top, width and height in percent, such as "12.5%,30%,10%,15%" (kominfo photo blur writes it)',
  "ends-before-start": (p) => `is before its beginning (${p.start})`,
  "still-to-come": () => "has not happened yet; for an event to come there is the template agenda",
  "odd-year": (p) => `the year ${p.year} is far from now; look at it again`,
  "html-tag": (p) => `holds the HTML tag ${p.tag}; readers would see it as it is, so remove it`,
  "number-missing": () => "has no number; write a telephone number that is answered",
  "count-whole": () => 'a count of people or families is a whole number, such as "125" or "1.250"',
  "data-before-event": (p) => `is earlier than what happened (${p.event}); check it again`,
  "embargo-past": (p) =>
    `${p.when} is past, so the post may go out at once; correct it, or take the embargo out`,
  "mobile-number": (p) =>
    `${p.number} is a mobile number, and will be published; is it an office number? Never publish a private one`,
  "photo-wanted": () => "a post of this kind usually has a photo (add one with: kominfo post attach)",
  "masked-where": () =>
    "is said to be masked, but kominfo masks nothing in this photo; mask it with kominfo photo blur, or make sure that the photo itself is masked",
  // answers and templates
  "answer-missing": (p) => `is required; add ${p.flag}`,
  "set-twice": () => "is given twice, and only one can be used; join them in one --set",
  "set-form": (p) => `"${p.given}" must have the form key=value`,
  "duplicate-question": () => "there is already a question with this key",
  "key-form": () => "a key is small letters, digits and underscores, such as tindak_lanjut",
  "unknown-variable": (p) =>
    `uses {{ ${p.name} }}, which no question asks${p.nearest ? `; did you mean "${p.nearest}"?` : ""}`,
  "liquid-invalid": (p) => `the placeholder cannot be read (${p.reason})`,
  "photo-missing": (p) =>
    `there is no file ${p.file} in the post's folder${p.nearest ? `; did you mean "${p.nearest}"?` : ""}`,
  // kominfo.yaml
  "kecamatan-expected": (p) =>
    `must be the name or code of a kecamatan in Kabupaten Bekasi${p.nearest ? `; did you mean "${p.nearest}"?` : ""}`,
  "address-expected": () =>
    'must be an https address without a path, for example "https://redaksi.example.go.id"',
  "preset-name-form": () =>
    'the name of a photo size must be lower-case letters, digits and hyphens, for example "banner"',
  "graph-version-expected": () => "must be a version of Meta's Graph API, such as v25.0",
  "whole-number-expected": (p) => `must be a whole number from ${p.min} to ${p.max}, without dots`,
  "hashtag-expected": () =>
    'must be one word of letters, digits or underscores, at most 60 long, such as "KabupatenBekasi"',
  "folder-outside": () => "must be a folder inside the workspace",
  "file-outside": () => "must be a file inside the workspace",
};
