import type { Context } from "../../../context.js";
import { formatPerson } from "../person.js";
import { type DirectoryFlags, openPeople } from "./directory.js";

/** Ends someone's access until `--lift` gives it back. */
export async function run(
  context: Context,
  input: DirectoryFlags & { user: string; lift?: boolean },
): Promise<void> {
  const people = await openPeople(context, input);
  const user = await people.change(input.user, input.lift ? "resume" : "suspend");
  const messages = context.messages.newsroom;
  const sentence = input.lift ? messages.resumed : messages.suspended;
  context.output.result({ user }, (style) => `${style.good("✓")} ${sentence({ who: formatPerson(user) })}`);
}
