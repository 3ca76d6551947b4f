import type { Content, RenderedPhoto, Rendering } from "../../contract/contract.js";
import type { WarningCode, WarningParamsByCode } from "../../errors/rendering-warnings.js";

export type { Content, RenderedPhoto, Rendering };
export type PhotoReference = Content["photos"][number];
export type Warning = Rendering["warnings"][number];
export type LeftOut = Rendering["left_out"][number];

export interface Size {
  width: number;
  height: number;
}

/** What a rendering is made of. It is the same wherever it is made. */
export interface RenderInput {
  content: Content;
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
