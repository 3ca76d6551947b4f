import type { Context } from "../../../context.js";
import { formatPerson } from "../person.js";
import { type DirectoryFlags, openPeople } from "./directory.js";

export async function run(context: Context, input: DirectoryFlags & { user: string }): Promise<void> {
  const user = await (await openPeople(context, input)).change(input.user, "revoke");
  context.output.result(
    { user },
    (style) => `${style.good("✓")} ${context.messages.newsroom.revoked({ who: formatPerson(user) })}`,
  );
}
