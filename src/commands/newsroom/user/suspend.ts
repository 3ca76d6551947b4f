import type { Context } from "../../../context.js";
import { personLine } from "../person.js";
import { openPeople, type Where } from "./directory.js";

/** Ends someone's access until `--lift` gives it back. */
export async function run(context: Context, input: Where & { user: string; lift?: boolean }): Promise<void> {
  const people = await openPeople(context, input);
  const user = await people.change(input.user, input.lift ? "resume" : "suspend");
  const words = context.messages.newsroom;
  const said = input.lift ? words.resumed : words.suspended;
  context.output.result({ user }, (style) => `${style.good("✓")} ${said({ who: personLine(user) })}`);
}
