import { creditName } from "../rendering/photos.js";
import type { RenderedPhoto } from "../rendering/types.js";

/** Caption and credit on one line: "Camat menyerahkan bantuan. (Foto: Siti Aminah)" */
export function captionOf({ caption, credit }: Pick<RenderedPhoto, "caption" | "credit">): string {
  const name = creditName(credit);
  return [caption, name && `(Foto: ${name})`].filter((part) => part !== "").join(" ");
}
