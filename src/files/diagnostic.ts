import type { DiagnosticArguments, DiagnosticCode } from "./diagnostic-codes.js";

export type { DiagnosticCode };

/** One thing that is wrong in a file that a person edits: where, and what is expected there. */
export interface Diagnostic<C extends DiagnosticCode = DiagnosticCode> {
  code: C;
  /** Dotted key, e.g. `foto.0.alt`; absent when the whole file is meant. */
  key?: string;
  /** 1-based line in the file as the person sees it. */
  line?: number;
  params?: DiagnosticArguments<C>[0];
  /** A warning is shown but stops nothing. */
  severity: "error" | "warning";
}

/** Where in a file. */
export interface DiagnosticPlace {
  key?: string | undefined;
  line?: number | undefined;
}

/** An error at a place, with the parameters of its text. */
export function error<C extends DiagnosticCode>(
  place: DiagnosticPlace,
  code: C,
  ...[params]: DiagnosticArguments<C>
): Diagnostic<C> {
  return at("error", place, code, params);
}

/** The same, as a warning: shown, stops nothing. */
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

/** Whether anything stops here. */
export function hasErrors(found: readonly Diagnostic[]): boolean {
  return found.some((problem) => problem.severity === "error");
}
