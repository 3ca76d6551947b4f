import type { Content, RenderedPhoto, Rendering } from "../../contract/contract.js";
import type { WarningCode, WarningParamsByCode } from "../../errors/rendering-warnings.js";

export type { Content, RenderedPhoto, Rendering };
/** A photo without what is known of the people on it. */
export type PhotoReference = Pick<
  Content["photos"][number],
  "sha256" | "filename" | "caption" | "alt" | "credit" | "source" | "lead" | "focus"
>;
export type Warning = Rendering["warnings"][number];
export type LeftOut = Rendering["left_out"][number];

export interface Size {
  width: number;
  height: number;
}

/** What a public text may be made of. Answers and what is internal are not among it: no renderer can show them. */
export interface PublicContent
  extends Pick<
    Content,
    | "title"
    | "slug"
    | "summary"
    | "category"
    | "tags"
    | "hashtags"
    | "correction_note"
    | "channel_texts"
    | "body"
  > {
  photos: PhotoReference[];
}

/** What a renderer makes a rendering of. */
export interface PublicInput {
  content: PublicContent;
  /** Size in pixels of each photo by hash; one that is missing was removed. */
  photos: ReadonlyMap<string, Size>;
}

/** Makes a remark. The compiler holds its parameters to its code. */
export function warn<Code extends WarningCode>(
  code: Code,
  ...params: WarningParamsByCode[Code] extends undefined ? [] : [WarningParamsByCode[Code]]
): Warning {
  return { code, params: { ...params[0] } };
}

/** An address as a remark names it: nobody reads a longer one. */
export function shorten(address: string): string {
  return address.length <= 80 ? address : `${[...address.slice(0, 80)].slice(0, -1).join("")}…`;
}
