import type { Context } from "../../../context.js";
import { cleanLine } from "../../../text/clean.js";
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
  const about = { who: formatPerson(user), name: cleanLine(user.name) };
  const sentence = input.lift ? messages.resumed(about) : context.output.nextStep(messages.suspended(about));
  context.output.result({ user }, (style) => `${style.good("✓")} ${sentence}`);
}
