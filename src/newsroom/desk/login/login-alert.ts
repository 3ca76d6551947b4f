import type { Messages } from "../../../language/index.js";
import type { LoginOutcome } from "./check.js";

/** What a login that was not right is answered with: the message, and the status of the page. */
export function loginAlert(
  { login }: Messages["desk"],
  outcome: Exclude<LoginOutcome, { kind: "right" }>,
): { text: string; status: number } {
  switch (outcome.kind) {
    case "wait":
      return { text: login.wait({ minutes: outcome.minutes }), status: 429 };
    case "busy":
      return { text: login.busy, status: 429 };
    case "no-editor":
      return { text: login.notEditor, status: 422 };
    case "no-key":
      return { text: login.noKey, status: 422 };
    case "wrong":
      return { text: login.wrong, status: 422 };
  }
}
