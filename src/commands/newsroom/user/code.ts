import type { Context } from "../../../context.js";
import { formatPerson } from "../person.js";
import { showCode } from "./activation-code.js";
import { type DirectoryFlags, openPeople } from "./directory.js";

/** Gives somebody who is there already another activation code; their logins stay. */
export async function run(context: Context, input: DirectoryFlags & { user: string }): Promise<void> {
  const people = await openPeople(context, input);
  const issued = await people.code(input.user);
  const done = context.messages.newsroom.codeRenewed({ who: formatPerson(issued.user) });
  showCode(context, issued, done, people.origin);
}
