import type { RenderingWarning } from "../contract/contract.js";
import type { Messages } from "./index.js";

/** A remark on a rendering as a sentence. One of a newer newsroom, which this version does not know, is its code. */
export function renderingWarning({ code, params }: RenderingWarning, messages: Messages): string {
  const { warnings } = messages.rendering;
  if (!Object.hasOwn(warnings, code)) return code;
  // The code is one of the catalogue, whose sentences take what the newsroom gave with it.
  const sentence = warnings[code as keyof typeof warnings] as (params: RenderingWarning["params"]) => string;
  return sentence(params);
}
