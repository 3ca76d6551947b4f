import type { Context } from "../../../context.js";
import type { CreatedUser } from "../../../newsroom-client/types.js";
import { formatInstant } from "../../../text/instant.js";

/**
 * Shows a new activation code, the only time it can be seen, and what its owner types.
 *
 * @param done the sentence that says what was done
 * @param origin the newsroom's address, where it is known
 */
export function showCode(
  context: Context,
  { user, activation_code }: CreatedUser,
  done: string,
  origin: string | undefined,
): void {
  const messages = context.messages.newsroom;
  const login = `kominfo auth login newsroom --url ${origin ?? messages.addressPlaceholder}`;
  context.output.result({ user, activation_code }, (style) =>
    [
      `${style.good("✓")} ${done}`,
      "",
      `    ${style.strong(activation_code ?? "")}`,
      "",
      messages.codeOnce,
      messages.tellThem,
      // For another computer: nothing of this command line holds there.
      `  ${style.strong(login)}`,
      ...(user.expires_at
        ? [messages.until({ when: formatInstant(user.expires_at, context.language) })]
        : []),
    ].join("\n"),
  );
}
