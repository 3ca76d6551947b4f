import type { Context } from "../../context.js";
import { exit, KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { askAddress } from "./questions.js";

/** What a wrong address looks like from here. A hotspot or a line that is down may look the same, so a person may keep the address. */
const ofAddress: ReadonlySet<string> = new Set([
  "server-unreachable",
  "server-redirects",
  "intermediary-refused",
  "newsroom-hidden",
  "newsroom-not-there",
]);

/**
 * Looks whether a newsroom answers at an address, and asks for the address again until one does, or the person keeps it. What is wrong
 * otherwise, such as a busy newsroom, is no matter of the address.
 *
 * @returns the address, and whether something speaks for it
 */
export async function settleAddress(
  context: Context,
  prompter: Prompter,
  given: string,
): Promise<{ origin: string; answers: boolean }> {
  let origin = given;
  for (;;) {
    const problem = await addressProblem(context, origin);
    if (problem === undefined) return { origin, answers: true };
    context.output.warn(explain(problem, context.messages).message);
    const message = context.messages.setup.addressAgain;
    const typed = (await askAddress(context, prompter, { message, present: origin })) ?? origin;
    if (typed === origin) return { origin, answers: false };
    origin = typed;
  }
}

async function addressProblem(context: Context, origin: string): Promise<KominfoError | undefined> {
  try {
    await (await context.newsroomAs(origin)).service();
    return undefined;
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return ofAddress.has(error.code) ? error : undefined;
  }
}
