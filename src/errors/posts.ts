/** Errors about the photos of a post, and about posts that are there already or are not to be deleted. */
export interface PostErrors {
  "photo-not-listed": { path: string; post: string };
  "photo-number": { value: string; count: number; post: string };
  "photo-box": { value: string; width: number; height: number };
  "photo-boxes-many": { max: number };
  "photo-focus": { value: string };
  "remove-alone": undefined;
  "blur-occupied": { path: string };
  /** `command`: for one photo of the folder. */
  "blur-folder": { path: string; command: string };
  "post-exists": { post: string };
  /** `out`: readers see it; `asked`: its sender's request that no editor has answered yet. */
  "post-delete-submitted": { post: string; out?: true; asked?: "withdraw" | "unpublish" };
  /** `unclear`: it was sent, and the answer was lost. */
  "post-delete-waiting": { post: string; unclear?: boolean };
  /** `names`: what is in the bin. */
  "post-not-in-bin": { wanted: string; near: readonly string[]; names: readonly string[] };
  "bin-empty": undefined;
  /** Ctrl-C while choosing between two forms. `kept`: path of the copy of the old index.md, where this pull made one. */
  "choices-kept": { post: string; chosen: number; left: number; kept: string | undefined };
  /** Ctrl-C, with texts that are kept: in index.md, or of `attach` beside it. */
  "texts-kept": { during: "photos" | "submit" | "attach" | "made"; command: string };
  "copy-alone": undefined;
}
