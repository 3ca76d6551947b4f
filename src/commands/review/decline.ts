import type { Context } from "../../context.js";
import { explain } from "./decide.js";
import type { OneSubmission } from "./step.js";

/** Says no to what the sender asks for: to withdraw, or to take down. */
export async function run(context: Context, input: OneSubmission & { reason?: string }): Promise<void> {
  await explain(context, input, "decline");
}
