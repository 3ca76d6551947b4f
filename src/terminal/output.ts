import type { Diagnostic } from "../errors/diagnostics.js";
import type { KominfoError } from "../errors/errors.js";
import { explain } from "../language/explain.js";
import type { Messages } from "../language/index.js";
import { clean, cleanJson } from "../text/clean.js";
import type { Host } from "./host.js";
import type { CarryScope } from "./scope.js";
import type { Scrubber } from "./scrubber.js";
import { createInk, type Ink, type Style, wantsColor } from "./style.js";
import { wrap } from "./table.js";

export interface OutputOptions {
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  color: boolean;
  /** Results wait for `release`; see `GlobalFlags`. */
  holdsResult?: boolean;
  /** See `GlobalFlags`. */
  carryScope?: CarryScope;
}

/** The output of a command: results go to stdout, everything else to stderr (docs/commands.md). */
export interface Output {
  /** True if a person watches stderr. */
  readonly live: boolean;
  /** The current width of stderr; a terminal may be resized. */
  readonly columns: number;
  /** The width of stdout; infinite if it is not a terminal. */
  readonly resultColumns: number;
  /** For stdout. */
  readonly style: Style;
  /** For stderr. */
  readonly noteStyle: Style;
  /** The result: one JSON document with `--json`, else the text (nothing when it is empty). */
  result(json: unknown, text: (style: Style) => string): void;
  /** Prints the results that were held. */
  release(): void;
  /** Prints information; silent with `--quiet` and `--json`. */
  note(text: string): void;
  /** Silent with `--json`. */
  warn(text: string): void;
  /** Only with `--verbose`, even with `--json`. */
  detail(text: string): void;
  /** A line whatever the flags, e.g. of a service's own log: the service chooses what it logs. */
  log(line: string): void;
  /** Replaces the progress line; an empty text removes it. The caller looks at `live` first. */
  progress(line: string): void;
  /** A next step in a sentence of a result. Failures, notes, warnings and `style.command` have it done. */
  nextStep(text: string): string;
  /** Makes text safe for a prompt, which writes to stderr itself. */
  promptText(text: string): string;
  failure(error: KominfoError, messages: Messages): void;
  /** Reports an unexpected error; `trace` may contain untrusted text. */
  bug(trace: string, messages: Messages): void;
}

/**
 * Creates the output. This is where text becomes safe to print, whatever command and whoever wrote it: all of it passes
 * through the scrubber, and through the ink, which leaves no control character but line breaks, tabs and its own colours.
 */
export function createOutput(host: Host, scrubber: Scrubber, options: OutputOptions): Output {
  const carried = options.carryScope ?? ((text: string) => text);
  const inkOf = (stream: typeof host.stdout): Ink => {
    const ink = createInk(wantsColor(stream, host.env, options.color));
    return { ...ink, command: (text) => ink.command(carried(text)) };
  };
  const style = inkOf(host.stdout);
  const noteStyle = inkOf(host.stderr);
  // Cleaning may take a secret apart or put one together, so the scrubber sees the text before and after it.
  const printable = (ink: Ink, text: string) => scrubber.scrub(ink.print(scrubber.scrub(text)));
  const out = (text: string) => host.stdout.write(printable(style, text));
  /** Wraps to the width of a terminal; other output is not wrapped. */
  const folded = (text: string) => (host.stderr.isTTY ? wrap(text, host.stderr.columns ?? 80) : text);
  /** Wraps a result likewise; `style.whole` marks what keeps its lines. */
  const foldedResult = (text: string) => (host.stdout.isTTY ? wrap(text, host.stdout.columns ?? 80) : text);
  const err = (text: string) => host.stderr.write(printable(noteStyle, text));
  const held: string[] = [];
  return {
    live: Boolean(host.stderr.isTTY) && !options.json && !options.quiet && host.env.TERM !== "dumb",
    get columns() {
      return host.stderr.columns ?? 80;
    },
    get resultColumns() {
      return host.stdout.isTTY ? (host.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    },
    style,
    noteStyle,
    result(json, text) {
      const printed = options.json ? cleanJson(json) : foldedResult(text(style));
      if (printed === "") return;
      if (options.holdsResult && !options.json) held.push(printed);
      else out(`${printed}\n`);
    },
    release() {
      for (const printed of held.splice(0)) out(`${printed}\n`);
    },
    note(text) {
      if (!options.quiet && !options.json) err(`${folded(carried(text))}\n`);
    },
    warn(text) {
      if (!options.json) err(`${folded(`${noteStyle.warning("!")} ${carried(text)}`)}\n`);
    },
    detail(text) {
      if (options.verbose) err(`${noteStyle.faint(text)}\n`);
    },
    log: (line) => err(`${line}\n`),
    progress: (line) => host.stderr.write(`\r\u001b[2K${printable(noteStyle, line).replace(/\s/g, " ")}`),
    nextStep: carried,
    promptText: (text) => printable(noteStyle, text),
    bug(trace, messages) {
      const [message, ...hints] = messages.workspace.bug;
      const first = clean(trace).split("\n")[0]!;
      if (options.json) {
        const error = { code: "bug", message: `${message} ${first}`, hints, exit: 1 };
        err(`${cleanJson({ error })}\n`);
        return;
      }
      err(`${noteStyle.bad("✗")} ${message}\n`);
      err(`${options.verbose ? trace : `  ${first}`}\n`);
      for (const hint of hints) err(`  ${noteStyle.faint("→")} ${hint}\n`);
    },
    failure(error, messages) {
      const explained = explain(error, messages);
      const { message } = explained;
      const hints = explained.hints.map(carried);
      if (options.json) {
        const problems = problemsOf(error, messages);
        const json = { code: error.code, message, hints, exit: error.exit, ...(problems && { problems }) };
        err(`${cleanJson({ error: json })}\n`);
        return;
      }
      const lines = hints.map((hint) => `  ${noteStyle.faint("→")} ${hint}`);
      err(`${folded([`${noteStyle.bad("✗")} ${message}`, ...lines].join("\n"))}\n`);
    },
  };
}

/** What is wrong in a file, one by one, for scripts; undefined for an error of another kind. */
function problemsOf({ params }: KominfoError, messages: Messages) {
  const { problems } = (params ?? {}) as { problems?: unknown };
  if (!Array.isArray(problems)) return undefined;
  return (problems as Diagnostic[]).map((problem) => ({
    code: problem.code,
    severity: problem.severity,
    line: problem.line ?? null,
    field: problem.key ?? null,
    message: messages.diagnosticLine({ ...problem, key: undefined, label: undefined, line: undefined }),
  }));
}
