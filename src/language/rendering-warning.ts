import type { RenderingWarning } from "../contract/contract.js";
import type { Messages } from "./index.js";

export function warningText(_messages: Messages, { code }: RenderingWarning): string {
  return code;
}
