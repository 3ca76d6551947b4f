import type { Diagnostic } from "./diagnostics.js";

/** Errors about the workspace, its posts and its templates. */
export interface WorkspaceErrors {
  /** `known`: workspaces of this computer, `root` as it is typed; `again` is the typed command line for it, where it is short enough. */
  "workspace-missing": { known: readonly { root: string; again?: string | undefined }[] };
  "workspace-folder-missing": { path: string };
  /** `place`: what leads kominfo there from where it was run, "" for nothing. */
  "workspace-exists": { path: string; place: string };
  "workspace-invalid": { path: string; problems: readonly Diagnostic[] };
  "kecamatan-unknown": { given: string; nearest?: string };
  /** `origins`: where the vault has a login, looked up only outside of a workspace. */
  "newsroom-unset": { inWorkspace: boolean; origins: readonly string[] };
  "posts-none": undefined;
  "post-missing": {
    wanted: string;
    near: readonly string[];
    /** A post of this name lies in the bin. */
    binned?: boolean;
  };
  "post-ambiguous": { wanted: string; slugs: readonly string[] };
  /** `edit`: the post, where its answers can be read, and one of them is wrong. */
  "post-invalid": { path: string; problems: readonly Diagnostic[]; edit?: string };
  /** What must never be sent: `key` is where, "" for the body. */
  "content-unsafe": { key: string; reason: "internal" | "keys" | "letters" };
  "post-state-damaged": { path: string };
  "answers-invalid": { problems: readonly Diagnostic[] };
  "template-invalid": { name: string; problems: readonly Diagnostic[] };
  "template-unknown": { name: string; nearest?: string; names: readonly string[] };
  "not-submitted": { post: string };
  "submitted-elsewhere": { post: string; origin: string; current: string };
  "photo-changed": { path: string };
  "photos-unusable": { count: number };
  "preview-name": { path: string };
  /** It is somebody else's file. */
  "preview-occupied": { path: string };
}

/** Errors about a single setting. */
export interface SettingsErrors {
  /** `name` is what `kominfo config` takes. */
  "setting-unset": { setting: string; name: string };
}

/** Errors about setting up a computer. */
export interface SetupErrors {
  "setup-incomplete": { commands: readonly string[] };
}
