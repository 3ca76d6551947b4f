import type { DiagnosticArguments, DiagnosticCode } from "./diagnostic-codes.js";

export type { DiagnosticCode };

/** A problem in a file that a person edits. */
export interface Diagnostic<C extends DiagnosticCode = DiagnosticCode> {
  code: C;
  /** Dotted key, e.g. `foto.0.alt`; absent for the whole file. */
  key?: string;
  /** 1-based line in the file. */
  line?: number;
  params?: DiagnosticArguments<C>[0];
  /** A warning is printed but does not stop the command. */
  severity: "error" | "warning";
}

/** A position in a file. */
export interface DiagnosticPlace {
  key?: string | undefined;
  line?: number | undefined;
}

/** Creates an error at a place, with the parameters of its message. */
export function error<C extends DiagnosticCode>(
  place: DiagnosticPlace,
  code: C,
  ...[params]: DiagnosticArguments<C>
): Diagnostic<C> {
  return at("error", place, code, params);
}

/** Creates a warning. */
export function warning<C extends DiagnosticCode>(
  place: DiagnosticPlace,
  code: C,
  ...[params]: DiagnosticArguments<C>
): Diagnostic<C> {
  return at("warning", place, code, params);
}

function at<C extends DiagnosticCode>(
  severity: Diagnostic["severity"],
  place: DiagnosticPlace,
  code: C,
  params: DiagnosticArguments<C>[0],
): Diagnostic<C> {
  return {
    code,
    severity,
    ...(place.key ? { key: place.key } : {}),
    ...(place.line ? { line: place.line } : {}),
    ...(params === undefined ? {} : { params }),
  };
}

/** Whether any of these is an error. */
export function hasErrors(found: readonly Diagnostic[]): boolean {
  return found.some((problem) => problem.severity === "error");
}
