import type { Rendering } from "../contract/contract.js";
import { decodeEntities } from "./web/html.js";

/** The body of an article as a person pastes it into WordPress's editor. */
export interface PastedBody {
  /** Blocks: pasted into the editor, they become what kominfo would have sent. */
  blocks: string;
  /** What a reader sees of them: for an editor that takes no blocks. */
  plain: string;
}

/**
 * The frozen body without its gallery, whose photos a person adds in the editor: their addresses at the site are known only there.
 * Nothing but the renderer writes these comments, since a body's own `<` is escaped.
 */
export function pastedBody({ text }: Pick<Rendering, "text">): PastedBody {
  const whole = text.map((part) => (typeof part === "string" ? part : "")).join("");
  const gallery = whole.search(/(?:\n\n)?<!-- wp:(?:gallery|image) /);
  const blocks = gallery < 0 ? whole : whole.slice(0, gallery);
  return { blocks, plain: plainOf(blocks) };
}

function plainOf(blocks: string): string {
  const text = blocks
    .replace(/<!--[\s\S]*?-->\n?/g, "")
    .replace(/<br ?\/?>/g, "\n")
    .replace(/<li>/g, "\n- ")
    .replace(/<hr[^>]*>/g, "\n---\n")
    .replace(/<\/t[hd]>(?=<t[hd])/g, " | ")
    .replace(/<\/tr>/g, "\n")
    .replace(/<[^>]*>/g, "");
  return decodeEntities(text)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^(- .*)\n\n(?=- )/gm, "$1\n")
    .trim();
}
