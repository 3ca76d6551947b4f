import type { Context } from "../../context.js";
import type { KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";

/** Warns of a post that a list leaves out, because a link in it leads out. */
export function warnOfLinks({ output, messages }: Context): (error: KominfoError) => void {
  return (error) => {
    const { message, hints } = explain(error, messages);
    output.warn([message, ...hints.map((hint) => `  ${hint}`)].join("\n"));
  };
}
