import type { Context } from "../../../context.js";
import { personLine } from "../person.js";
import { openPeople, type Where } from "./directory.js";

export async function run(context: Context, input: Where & { user: string }): Promise<void> {
  const user = await (await openPeople(context, input)).change(input.user, "revoke");
  context.output.result(
    { user },
    (style) => `${style.good("✓")} ${context.messages.newsroom.revoked({ who: personLine(user) })}`,
  );
}
