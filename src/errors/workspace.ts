/** A diagnostic of a file, in the form of `files/diagnostic.ts`, which this folder does not import. */
export interface ReportedDiagnostic {
  code: string;
  key?: string;
  line?: number;
  params?: unknown;
}

/** Errors about the workspace, its posts and its templates. */
export interface WorkspaceErrors {
  "workspace-missing": undefined;
  "workspace-exists": { path: string };
  "workspace-invalid": { path: string; problems: readonly ReportedDiagnostic[] };
  "kecamatan-unknown": { given: string; nearest?: string };
  "newsroom-unset": undefined;
  "post-missing": { wanted: string; near: readonly string[] };
  "post-ambiguous": { wanted: string; slugs: readonly string[] };
  "post-invalid": { path: string; problems: readonly ReportedDiagnostic[] };
  "post-state-damaged": { path: string };
  "answers-invalid": { problems: readonly ReportedDiagnostic[] };
  "template-invalid": { name: string; problems: readonly ReportedDiagnostic[] };
  "template-unknown": { name: string; nearest?: string; names: readonly string[] };
  "not-submitted": { post: string };
  "submitted-elsewhere": { post: string; origin: string; current: string };
  "photo-changed": { path: string };
  "photos-unusable": { count: number };
}
