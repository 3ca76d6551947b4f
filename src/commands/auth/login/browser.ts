import { awaitRedirect } from "../../../channels/login/loopback.js";
import type { Asking, BrowserLogin, Secret } from "../../../channels/login/types.js";
import { type AccountChannel, channels } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";

interface Login {
  service: AccountChannel;
  browser: BrowserLogin;
  asking: Asking;
}

/** Logs in to a channel in the browser of this computer, and returns what the vault stores. */
export async function logInByBrowser(
  context: Context,
  prompter: Prompter,
  { service, browser, asking }: Login,
): Promise<Secret> {
  const messages = context.messages.channels;
  const { port } = browser;
  context.output.note(messages.aboutBrowser({ redirect: browser.redirectAddress(port) }));
  const clientId = await prompter.text({
    message: messages.clientId,
    validate: (typed) => (/^[\x21-\x7e]{10,200}$/.test(typed.trim()) ? "" : messages.fieldForm),
  });
  // The vault is opened first: the service gives the code's tokens once.
  await (await context.credentials()).unlock();
  const attempt = browser.start(clientId.trim(), port);
  const code = await awaitRedirect({
    service,
    port,
    state: attempt.state,
    signal: context.host.signal,
    // Also with --quiet: without it nothing can happen.
    onReady: () =>
      context.output.warn(`${messages.openThis({ url: attempt.url, service: channels[service].label })}\n`),
    pages: {
      done: messages.browserDone,
      declined: messages.browserDeclined,
      stranger: messages.browserStranger,
    },
  });
  return browser.finish({ ...asking, now: context.host.now() }, attempt, code);
}
