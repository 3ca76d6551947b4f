import { fitted, tidied } from "../../../channels/login/fields.js";
import type { Asking, Secret } from "../../../channels/login/types.js";
import type { OpenChannel } from "../../../channels/open.js";
import { type AccountChannel, channels } from "../../../channels/registry.js";
import type { Context } from "../../../context.js";
import { isTypedOrigin, typedOrigin } from "../../../credentials/origin.js";
import { KominfoError, usage } from "../../../errors/errors.js";
import { explain } from "../../../language/explain.js";
import { flagOrAnswer } from "../../../terminal/prompts/ask.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { cleanLine } from "../../../text/clean.js";
import { formatInstant } from "../../../text/instant.js";
import { workspaceSite } from "../../newsroom/address.js";
import { readPiped } from "./token.js";

interface Input {
  url?: string;
  account?: string;
  withToken?: boolean;
}

/** Logs in to a channel: its fields are asked for, checked with the service, and only then kept. */
export async function logInToChannel(context: Context, service: AccountChannel, input: Input): Promise<void> {
  const messages = context.messages.channels;
  const channel = await context.channel(service);
  const origin = await addressOf(context, service, channel, input.url);
  const asking = channel.asking(origin);
  const credentials = await context.credentials();
  const secret = input.withToken
    ? await fromStdin(context, service, channel)
    : await asked(context, service, channel, asking);
  // A login that cannot be kept need not be sent anywhere.
  await credentials.unlock();
  const checked = await channel.check(asking, secret);

  const now = asking.now.toISOString();
  const account = {
    service,
    account: input.account ?? "default",
    origin,
    kind: "office" as const,
    expires_at: checked.expires_at,
  };
  await credentials.save({
    ...account,
    obtained_at: now,
    checked_at: now,
    secret: { ...secret, ...checked.keep },
  });

  const name = cleanLine(checked.name);
  const expires_at = checked.expires_at ?? null;
  context.output.result({ account: { ...account, source: "vault", expires_at }, name }, (style) =>
    [
      `${style.good("✓")} ${messages.loggedIn({ name, service, origin })}`,
      expires_at
        ? context.messages.account.until({ when: formatInstant(expires_at, context.language) })
        : messages.noEnd,
    ].join("\n"),
  );
  const shadowing = credentials.shadowing(service);
  if (shadowing.length > 0) {
    context.output.warn(context.messages.account.shadowed({ variables: shadowing }));
  }
}

/** `--url` or kominfo.yaml for a site of the office's own; the other channels have one address. */
async function addressOf(
  context: Context,
  service: AccountChannel,
  channel: OpenChannel,
  url: string | undefined,
): Promise<string> {
  const wanted = url === undefined ? undefined : typedOrigin(url);
  if (channel.origin !== undefined) {
    if (wanted !== undefined && wanted !== channel.origin) {
      throw usage("channel-address-fixed", { service, origin: channel.origin });
    }
    return channel.origin;
  }
  const known = wanted ?? (await workspaceSite(context));
  const prompter = await context.prompter();
  if (known === undefined && !prompter) throw usage("web-unset");
  if (!prompter) return known!;
  // A wrong address is found before a login is typed for it.
  for (let origin = known; ; origin = undefined) {
    origin ??= await askSite(context, prompter);
    try {
      await channel.lookFor?.(channel.asking(origin));
      return origin;
    } catch (error) {
      if (!(error instanceof KominfoError) || !ofAddress.includes(error.code)) throw error;
      context.output.warn(explain(error, context.messages).message);
    }
  }
}

/** What a wrong address of a site looks like. */
const ofAddress: readonly string[] = [
  "channel-not-there",
  "channel-hidden",
  "server-unreachable",
  "server-redirects",
];

async function askSite(context: Context, prompter: Prompter): Promise<string> {
  return typedOrigin(
    await untouched(() =>
      prompter.text({
        message: context.messages.channels.askAddress,
        validate: (typed) => (isTypedOrigin(typed) ? "" : context.messages.diagnostics["address-expected"]()),
      }),
    ),
  );
}

async function asked(
  context: Context,
  service: AccountChannel,
  channel: OpenChannel,
  asking: Asking,
): Promise<Secret> {
  const messages = context.messages.channels;
  const prompter = await context.prompter();
  if (prompter) context.output.note(messages.about[service]({ source: channel.sourcePage(asking.origin) }));
  if (prompter && channel.browser && (await methodOf(context, prompter, service)) === "browser") {
    const { logInByBrowser } = await import("./browser.js");
    return logInByBrowser(context, prompter, { service, browser: channel.browser, asking });
  }
  const secret: Record<string, string> = {};
  for (const field of channel.fields) {
    const ask = {
      message: messages.fields[field.name] ?? field.name,
      validate: (typed: string) => (field.form.test(tidied(field, typed)) ? "" : messages.fieldForm),
    };
    const typed = await flagOrAnswer(context, "--with-token", undefined, (person) =>
      field.open ? person.text(ask) : person.secret(ask),
    );
    secret[field.name] = tidied(field, typed);
  }
  return secret;
}

function methodOf(
  context: Context,
  prompter: Prompter,
  service: AccountChannel,
): Promise<"keys" | "browser"> {
  const { chooseWay, ways } = context.messages.channels;
  return untouched(() =>
    prompter.select({
      message: chooseWay({ service: channels[service].label }),
      choices: (["keys", "browser"] as const).map((value) => ({ value, ...ways[value] })),
    }),
  );
}

/** One JSON object with exactly the fields. Throws `fields-malformed` and `field-invalid` (exit 2), without a value. */
async function fromStdin(context: Context, service: AccountChannel, channel: OpenChannel): Promise<Secret> {
  const { fields } = channel;
  const malformed = usage("fields-malformed", { service, fields: fields.map(({ name }) => name) });
  const given = parsed(await readPiped(context));
  if (typeof given !== "object" || given === null) throw malformed;
  const values = new Map<string, unknown>(Object.entries(given));
  if (values.size !== fields.length || !fields.every(({ name }) => values.has(name))) throw malformed;
  // A number is what people write for an id.
  const texts = [...values].map(([name, value]) => [name, isWritten(value) ? String(value) : ""]);
  return fitted(service, fields, Object.fromEntries(texts));
}

function isWritten(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
