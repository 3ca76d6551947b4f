import type { PhotoAnswer, Submission } from "./contract.js";

/**
 * What the last approval says of photos that are in the newest revision too, by their hash, where the operator has not said whether children
 * are in them. An answer whose consent was redacted is not one any more.
 */
export function earlierAnswers({
  content,
  last_approval,
}: Pick<Submission, "content" | "last_approval">): PhotoAnswer[] {
  const isAsked = (sha256: string) =>
    content.photos.some((photo) => photo.sha256 === sha256 && photo.children === "unchecked");
  return (last_approval?.photos ?? []).filter(
    ({ sha256, children, consent }) =>
      isAsked(sha256) && (children === "consented") === (consent !== undefined),
  );
}
