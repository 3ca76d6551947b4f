/** The parameters of each diagnostic's message, by code; undefined for none. */
export interface DiagnosticParamsByCode {
  required: undefined;
  // The syntax of index.md and of templates
  "not-utf8": { encoding: string };
  "not-text": { fault: "binary" | "damaged" | "mixed" | "lost" };
  "file-too-long": { max: number };
  "front-matter-start": { found: string };
  "front-matter-end": undefined;
  /** `at`: the line of the key; the place is the line of the `---` above it. */
  "stray-keys": { name: string; at: number };
  "stray-dashes": undefined;
  "yaml-quote": { mended: string };
  "yaml-hard-space": { mended: string };
  "yaml-space": { mended: string };
  "yaml-colon": { mended: string };
  "yaml-typed-quotes": { mended: string };
  "yaml-list": { mended: string };
  "yaml-comment": { mended: string };
  "yaml-placeholder": { mended: string };
  "yaml-duplicate": undefined;
  "yaml-tab": undefined;
  "yaml-unclosed": { mended?: string };
  "yaml-special": { mended?: string };
  /** `reason`: the parser's code, or "TOO_DEEP". */
  "yaml-invalid": { reason: string };
  "unknown-key": { nearest?: string };
  // The values of a post
  "text-expected": undefined;
  "point-expected": undefined;
  "list-expected": undefined;
  "group-expected": undefined;
  "one-of": { choices: readonly string[]; nearest?: string };
  /** `impossible`: a date as it is written that the calendar does not have. */
  "date-expected": { impossible: string } | undefined;
  /** `written`: the weekday as it is written; `weekday`: that of the date. */
  "weekday-differs": { written: string; weekday: string; date: string };
  "time-expected": undefined;
  "instant-expected": { impossible: string } | undefined;
  "instant-to-come": undefined;
  "local-approval-missing": undefined;
  "number-expected": undefined;
  "phone-expected": undefined;
  "yes-no-expected": undefined;
  "kind-expected": undefined;
  "too-long": { max: number; length: number };
  "too-many": { max: number };
  unstorable: undefined;
  "photo-path": undefined;
  "photo-twice": undefined;
  "one-lead-photo": undefined;
  /** `where`: the dotted key of a public text; "" for the body. */
  "internal-in-public": { where: string };
  "body-empty": undefined;
  "placeholder-left": { text: string };
  "conflict-left": { mark: string };
  "correction-note": undefined;
  // What cannot be, or is hardly meant
  "box-expected": undefined;
  "ends-before-start": { start: string };
  "still-to-come": undefined;
  "odd-year": { year: string };
  "html-tag": { tag: string };
  "number-missing": undefined;
  "photo-wanted": undefined;
  "count-whole": undefined;
  "data-before-event": { event: string };
  "embargo-past": { when: string };
  "mobile-number": { number: string };
  "masked-where": undefined;
  // Answers and templates
  "answer-missing": { flag: string };
  "set-twice": undefined;
  "set-form": { given: string };
  "duplicate-question": undefined;
  "key-form": undefined;
  "unknown-variable": { name: string; nearest?: string };
  "liquid-invalid": { reason: string };
  "photo-missing": { file: string; nearest?: string };
  // kominfo.yaml
  "kecamatan-expected": { nearest?: string };
  "address-expected": undefined;
  "graph-version-expected": undefined;
  "preset-name-form": undefined;
  "whole-number-expected": { min: number; max: number };
  "hashtag-expected": undefined;
  "folder-outside": undefined;
  "file-outside": undefined;
}

/** A stable name of a problem with one key of a file; its message is in `language/<id|en>/problems.ts`. */
export type DiagnosticCode = keyof DiagnosticParamsByCode;

/** The arguments after the code in `error(place, code, params)`: the parameters, or nothing. */
export type DiagnosticArguments<Code extends DiagnosticCode> = Code extends DiagnosticCode
  ? DiagnosticParamsByCode[Code] extends undefined
    ? []
    : [params: DiagnosticParamsByCode[Code]]
  : never;

/** A problem in a file that a person edits. */
export interface Diagnostic<C extends DiagnosticCode = DiagnosticCode> {
  code: C;
  /** Dotted key, e.g. `foto.0.alt`; absent for the whole file. */
  key?: string;
  /** What is printed instead of the key: what its value is called where a person is asked for it. */
  label?: string;
  /** 1-based line in the file. */
  line?: number;
  params?: DiagnosticArguments<C>[0];
  /** A warning is printed but does not stop the command. */
  severity: "error" | "warning";
}
