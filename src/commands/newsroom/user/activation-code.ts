import type { Context } from "../../../context.js";
import { abilities } from "../../../contract/roles.js";
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
  // An operator needs a workspace, too. Both commands ask for an address that is not known here.
  const isOperator = abilities[user.role].steps === "operator";
  const login =
    origin === undefined ? "kominfo auth login newsroom" : `kominfo auth login newsroom --url ${origin}`;
  context.output.result({ user, activation_code }, (style) =>
    [
      `${style.good("✓")} ${done}`,
      "",
      `    ${style.strong(activation_code ?? "")}`,
      "",
      messages.codeOnce,
      messages.tellThem,
      // For another computer: nothing of this command line holds there.
      `  ${style.strong(isOperator ? "kominfo setup" : login)}`,
      ...(isOperator && origin !== undefined ? [messages.addressThere({ origin })] : []),
      ...(user.expires_at
        ? [messages.until({ when: formatInstant(user.expires_at, context.language) })]
        : []),
    ].join("\n"),
  );
}
