import type { Context } from "../../context.js";
import { revocations } from "../../credentials/revocation.js";
import type { Service } from "../../credentials/types.js";
import { serviceVariables } from "../../credentials/variables.js";
import { oneOf } from "../../terminal/prompts/ask.js";

interface Input {
  service: string;
  account?: string;
}

export async function run(context: Context, input: Input): Promise<void> {
  const messages = context.messages.account;
  const service = oneOf("service", input.service, Object.keys(serviceVariables) as Service[]);
  const credentials = await context.credentials();
  const removed = await credentials.remove(service, input.account);

  const accounts = removed.map(({ account, origin, kind }) => ({ service, account, origin, kind }));
  context.output.result({ removed: accounts }, (style) =>
    removed.length === 0
      ? messages.nothingToRemove({ service })
      : removed
          .map(
            ({ account, origin }) => `${style.good("✓")} ${messages.loggedOut({ service, account, origin })}`,
          )
          .join("\n"),
  );
  const there = revocations(removed).map(({ url }) =>
    url === null ? messages.stillValidThere : context.messages.channels.stillValidThere({ service, url }),
  );
  for (const line of new Set(there)) context.output.note(line);
  const shadowing = credentials.shadowing(service);
  if (shadowing.length > 0) context.output.warn(messages.stillInEnvironment({ variables: shadowing }));
}
