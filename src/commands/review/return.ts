import type { Context } from "../../context.js";
import { type Decision, decide } from "./decide.js";

export async function run(context: Context, input: Decision): Promise<void> {
  await decide(context, input, "return");
}
