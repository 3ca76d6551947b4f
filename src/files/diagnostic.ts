import type { Diagnostic, DiagnosticArguments, DiagnosticCode } from "../errors/diagnostics.js";

/** A position in a file. */
interface DiagnosticPlace {
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
