export interface BundleLayout {
  /** index.md */
  index: string;
  /** foto/ */
  photos: string;
  /** .kominfo/ */
  machine: string;
  /** .kominfo/state.json */
  state: string;
  /** .kominfo/renditions/ */
  renditions: string;
}

export function bundleLayout(_folder: string): BundleLayout {
  throw new Error("follows");
}
export type PostMatch = { slug: string } | { ambiguous: string[] } | { near: string[] };
export function matchPost(_wanted: string, _slugs: readonly string[]): PostMatch {
  throw new Error("follows");
}
