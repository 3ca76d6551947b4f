import type { Content, Override, PhotoAnswer } from "../contract/contract.js";

/** Something in a revision that an editor has to look at before approving it. */
export interface OpenCheck {
  rule: string;
  /** The part of the content, dotted as in front matter ("foto.0.alt"); "" is the body. */
  key: string;
  /** The very words. */
  quote?: string;
}

/** What the editor says to the checks while approving. */
export interface ApprovalAnswers {
  overrides: readonly Override[];
  photos: readonly PhotoAnswer[];
}

/** Whether children are in a photo: nobody has looked. */
export const childrenRule = "anak.foto";

/**
 * The checks of a revision that neither an answer nor an override covers: approval waits for them. A photo of which nobody has
 * said whether children are in it takes an answer and no override, because the editor is looking at it.
 */
export function openChecks(content: Content, { photos }: ApprovalAnswers): OpenCheck[] {
  const answered = new Set(photos.map(({ sha256 }) => sha256));
  return content.photos.flatMap(({ sha256, children }, index) =>
    children === "unchecked" && !answered.has(sha256) ? [{ rule: childrenRule, key: `foto.${index}` }] : [],
  );
}
