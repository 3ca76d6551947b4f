import { awaitRedirect } from "../../../channels/login/loopback.js";
import type { Asking, Secret } from "../../../channels/login/types.js";
import { finishAttempt, redirectAddress, redirectPort, startAttempt } from "../../../channels/x/oauth2.js";
import type { Context } from "../../../context.js";
import type { Prompter } from "../../../terminal/prompter.js";

/** Logs in to X in the browser of this computer (OAuth 2.0 with PKCE) and gives what is to be kept. */
export async function logInByBrowser(context: Context, prompter: Prompter, asking: Asking): Promise<Secret> {
  const words = context.messages.channels;
  context.output.note(words.aboutBrowser({ redirect: redirectAddress(redirectPort) }));
  const clientId = await prompter.text({
    message: words.clientId,
    validate: (typed) => (/^[\x21-\x7e]{10,200}$/.test(typed.trim()) ? "" : words.fieldForm),
  });
  // The vault is opened first: X gives the code's tokens once.
  await (await context.credentials()).unlock();
  const attempt = startAttempt(clientId.trim(), redirectPort);
  const code = await awaitRedirect({
    port: redirectPort,
    state: attempt.state,
    signal: context.host.signal,
    // Also with --quiet: without it nothing can happen.
    onReady: () => context.output.warn(`${words.openThis({ url: attempt.url })}\n`),
    words: { done: words.browserDone, declined: words.browserDeclined, stranger: words.browserStranger },
  });
  return finishAttempt({ ...asking, now: context.host.now() }, attempt, code);
}
