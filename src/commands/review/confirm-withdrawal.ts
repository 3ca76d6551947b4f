import type { Context } from "../../context.js";
import { type OneSubmission, takeStep } from "./step.js";

export async function run(context: Context, input: OneSubmission): Promise<void> {
  await takeStep(context, input, ["confirm_withdrawal"]);
}
